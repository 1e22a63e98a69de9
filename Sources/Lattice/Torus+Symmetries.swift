extension Torus {
  /// Every translation as a permutation: site i moves to `result[t][i]`.
  public var translations: [[Int]] {
    (0..<sites).map { origin in
      let shift = coordinates(of: origin)
      return (0..<sites).map { site($0, movedBy: shift) }
    }
  }

  /// The point group: reflections of each direction and swaps of directions of equal extent.
  public var pointGroup: [[Int]] {
    var elements: Set<[Int]> = []
    for axes in permutations(of: Array(0..<dimension))
    where axes.indices.allSatisfy({ extents[axes[$0]] == extents[$0] }) {
      for signs in 0..<(1 << dimension) {
        elements.insert(
          (0..<sites).map { start in
            let from = coordinates(of: start)
            return site(
              at: axes.indices.map { (signs >> $0) & 1 == 0 ? from[axes[$0]] : -from[axes[$0]] })
          })
      }
    }
    return elements.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

private func permutations(of items: [Int]) -> [[Int]] {
  guard items.count > 1 else { return [items] }
  return items.indices.flatMap { i in
    var rest = items
    let first = rest.remove(at: i)
    return permutations(of: rest).map { [first] + $0 }
  }
}
