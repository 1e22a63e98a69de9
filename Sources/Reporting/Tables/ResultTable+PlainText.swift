extension ResultTable {
  /// The mark behind a value whose chain has not converged.
  static let notConvergedMark = "?"

  /// The table in aligned columns for a terminal: numbers aligned on their decimal points, `?`
  /// behind values that have not converged.
  ///
  /// - Parameters:
  ///   - details: whether autocorrelation time and effective sample size follow each value.
  ///   - width: the width of the terminal; columns that do not fit are left out from the right and
  ///     named in the last line. nil for no limit.
  public func plainText(details: Bool = false, width: Int? = nil) -> String {
    let blocks = columns.indices.map { plainBlocks(ofColumn: $0, details: details) }
    var shown: [[String]] = []
    var used = 0
    var hidden: [String] = []
    for (column, block) in zip(columns, blocks) {
      let needed = block.reduce(0) { $0 + 2 + ($1.first?.count ?? 0) }
      if let width, !shown.isEmpty, !hidden.isEmpty || used + needed - 2 > width {
        hidden.append(column.name)
      } else {
        shown += block
        used += needed
      }
    }
    return plainLines(shown) + plainNotes(hidden: hidden)
  }

  private func plainLines(_ shown: [[String]]) -> String {
    guard !shown.isEmpty else { return "" }
    return (0..<(rows.count + 1)).map { line in
      let text = shown.map { $0[line] }.joined(separator: "  ")
      return trimmingTrailingSpaces(text) + "\n"
    }.joined()
  }

  private func plainNotes(hidden: [String]) -> String {
    var notes = ""
    if rows.isEmpty { notes += "(no rows)\n" }
    if rows.contains(where: { $0.contains { $0.measured?.isConverged == false } }) {
      notes += "\(Self.notConvergedMark) not converged\n"
      for doubt in doubts.prefix(Self.mostDoubts) { notes += "  \(doubt)\n" }
      if doubts.count > Self.mostDoubts {
        notes += "  and \(doubts.count - Self.mostDoubts) more reasons\n"
      }
    }
    if !hidden.isEmpty {
      notes += "(not shown for want of width: \(hidden.joined(separator: ", ")))\n"
    }
    return notes
  }

  private static let mostDoubts = 3

  /// Why numbers are marked, each reason once.
  private var doubts: [String] {
    let all = rows.flatMap { $0.compactMap(\.measured) }.map(\.doubts).filter { !$0.isEmpty }
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }

  /// One column as lines of equal width, header first, followed by its details if wanted.
  private func plainBlocks(ofColumn index: Int, details: Bool) -> [[String]] {
    let cells = rows.map { $0[index] }
    let facts = DetailColumns(of: index, in: self)
    let isText = !cells.contains { $0.number != nil }
    let unit = columns[index].unit.isEmpty ? "" : " [" + MathText(columns[index].unit).plain + "]"
    let texts = cells.map { cell in
      Escaping.oneLine(cell.plainText)
        + (cell.measured?.isConverged == false ? Self.notConvergedMark : "")
    }
    var blocks = [aligned(header: columns[index].name + unit, texts, isText: isText)]
    if details, facts.autocorrelationTime {
      blocks.append(
        aligned(
          header: "tau",
          cells.map { $0.measured?.autocorrelationTimeNotation?.plainText ?? "" }, isText: false))
    }
    if details, facts.effectiveSamples {
      blocks.append(
        aligned(
          header: "ESS",
          cells.map { cell in
            cell.measured?.effectiveSamples.map { ValueNotation($0, digits: 3).plainText } ?? ""
          }, isText: false))
    }
    return blocks
  }
}

/// Pads to equal width: text to the left, numbers on the decimal point.
private func aligned(header: String, _ texts: [String], isText: Bool) -> [String] {
  let left = texts.map { isText ? 0 : charactersBeforePoint($0) }
  let indent = left.max() ?? 0
  let body = zip(texts, left).map { String(repeating: " ", count: indent - $1) + $0 }
  let width = max(header.count, body.map(\.count).max() ?? 0)
  let slack = isText ? 0 : width - (body.map(\.count).max() ?? 0)
  let head = isText ? header : String(repeating: " ", count: width - header.count) + header
  return ([head] + body.map { String(repeating: " ", count: slack) + $0 }).map {
    $0 + String(repeating: " ", count: width - $0.count)
  }
}

private func charactersBeforePoint(_ text: String) -> Int {
  text.prefix { $0 == "-" || $0.isNumber }.count
}

private func trimmingTrailingSpaces(_ text: String) -> Substring {
  var result = text[...]
  while result.last == " " { result.removeLast() }
  return result
}
