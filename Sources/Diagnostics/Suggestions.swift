/// The valid word that was probably meant, or nil if none is near enough to be a help.
///
/// Spelling of the separators and of case counts for nothing (`coupling_shells` means
/// `couplingShells`). Otherwise about one slip in three letters is forgiven, and an unambiguous
/// beginning of three letters or more is completed.
public func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
  let candidates = Array(candidates)
  let wanted = folded(word)
  guard !wanted.isEmpty else { return nil }
  let allowed = max(1, wanted.count / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates where candidate != word {
    let offered = folded(candidate)
    guard abs(offered.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, offered)
    // Replacing most of a very short word is another word and no slip.
    guard distance <= allowed, distance < max(wanted.count, offered.count) else { continue }
    if distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  if let best { return best.candidate }
  let completions = candidates.filter { wanted.count >= 3 && folded($0).starts(with: wanted) }
  return completions.count == 1 ? completions[0] : nil
}

/// "did you mean `x`?", or the list of what is valid where nothing is near and the list is short.
public func suggestion(for word: String, in candidates: some Sequence<String>) -> String? {
  let candidates = Array(candidates)
  if let near = nearest(to: word, in: candidates) { return "did you mean `\(near)`?" }
  guard !candidates.isEmpty, candidates.count <= 16 else { return nil }
  return "valid here: " + candidates.map { "`\($0)`" }.joined(separator: ", ")
}

/// The restricted Damerau-Levenshtein distance: insertions, deletions, substitutions and swaps of
/// neighbours, no place edited twice (F. J. Damerau, Commun. ACM 7 (1964) 171).
package func editDistance<Element: Equatable>(_ left: [Element], _ right: [Element]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var current = [i + 1]
    for j in right.indices {
      let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
      var cost = min(substitution, last[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}

private func folded(_ word: String) -> [Character] {
  Array(word.lowercased()).filter { $0 != "-" && $0 != "_" }
}
