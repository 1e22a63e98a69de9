internal import HDF5
internal import Manifest
internal import Pipeline
package import Statistics

extension ChainAnalysis {
  /// An array of the chain: its entries in the order of its dataset, last index fastest.
  package struct ArrayResult {
    package let name: String
    package let shape: [Int]
    let unit: String
    let summary: String
    package let assessment: ArrayAssessment
    /// Why each entry is not to be believed; empty where it is.
    package fileprivate(set) var doubts: [[String]]

    /// The whole array in a sentence: how many entries are doubtful, and why the one with the fewest
    /// independent samples of them is.
    package var doubt: String? {
      let places = doubts.indices.filter { !doubts[$0].isEmpty }
      func samples(_ place: Int) -> Double {
        assessment.components[place].effectiveSamples ?? 0
      }
      guard let worst = places.min(by: { samples($0) < samples($1) }) else { return nil }
      return "\(name): \(places.count) of \(doubts.count) entries are doubtful; "
        + (doubts[worst].first ?? "")
    }
  }

  /// The arrays that are asked for. A verdict holds for all entries of one array together.
  mutating func analyseArrays(of chain: HDF5File) throws {
    for name in try arrayChoice.names(in: chain) {
      let path = "/chain/\(name)"
      let shape = try chain.shape(of: path)
      let entries = try entries(of: path, shape, in: chain)
      let assessment: ArrayAssessment
      do throws(SeriesError) {
        assessment = try ArrayAssessment(
          entries, window: .automatic(stretch: stretch), tail: tail)
      } catch {
        throw StageFailure("\(name): \(error)")
      }
      arrays.append(try result(name, Array(shape.dropFirst(2)), assessment, chain))
    }
  }

  private func result(
    _ name: String, _ shape: [Int], _ assessment: ArrayAssessment, _ chain: HDF5File
  ) throws -> ArrayResult {
    let path = "/chain/\(name)"
    var result = ArrayResult(
      name: name, shape: shape, unit: try chain.stringAttribute("unit", of: path),
      summary: try chain.stringAttribute("summary", of: path), assessment: assessment, doubts: [])
    let still = standstillDoubt.map { [$0] } ?? []
    result.doubts = assessment.components.indices.map { place in
      let entry = ElementName(array: name, indices: ElementName.indices(of: place, in: shape))
      return still
        + assessment.components[place].reasons.map { "\(entry.description): \($0)" }
    }
    return result
  }

  /// Of each entry its replicas.
  private func entries(
    of path: String, _ shape: [Int], in chain: HDF5File
  ) throws -> [[[Double]]] {
    let (replicas, steps) = (shape[0], shape[1])
    try checkDiscard(steps)
    let width = shape.dropFirst(2).reduce(1, *)
    let values = try chain.doubles(at: path)
    return (0..<width).map { entry in
      (0..<replicas).map { replica in
        (discard..<steps).map { values[(replica * steps + $0) * width + entry] }
      }
    }
  }
}
