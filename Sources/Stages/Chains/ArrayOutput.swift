internal import HDF5
internal import LinearAlgebra
internal import Statistics

/// An array as every stage writes it: `/arrays/NAME` and, of the same shape beside it, `NAME.error`,
/// `NAME.tau`, … Tables, figures, `check` and `diff` know no more of an array than this.
struct ArrayOutput {
  let name: String
  let shape: [Int]
  let unit: String
  let summary: String
  let means: [Double]
  /// By the ending of the dataset's name, in the order in which they are written.
  var beside: [(ending: String, values: [Double], unit: String, summary: String)] = []
  /// Why each entry is not to be believed; empty where it is.
  let doubts: [[String]]
  /// The whole in a sentence; nil where all is well.
  let doubt: String?
  var covariance: Matrix?
  /// What else is known of the array as a whole.
  var facts: [(name: String, value: Double)] = []

  func write(to file: HDF5File) throws {
    let path = "/arrays/\(name)"
    try file.write(means, to: path, shape: shape)
    try file.describe(path, unit: unit, summary: summary)
    try file.setAttribute("converged", doubt == nil ? 1 : 0, of: path)
    try file.setAttribute("doubts", doubt ?? "", of: path)
    for (name, value) in facts { try file.setAttribute(name, value, of: path) }
    for (ending, values, unit, summary) in beside {
      try file.write(values, to: "\(path).\(ending)", shape: shape)
      try file.describe("\(path).\(ending)", unit: unit, summary: summary)
    }
    try file.write(doubts.map { $0.isEmpty ? 1 : 0 }, to: "\(path).converged", shape: shape)
    try file.describe("\(path).converged", unit: "1", summary: "whether each entry is believed")
    try file.write(doubts.map { $0.joined(separator: "; ") }, to: "\(path).doubts", shape: shape)
    try file.describe("\(path).doubts", unit: "1", summary: "why not")
    guard let covariance else { return }
    try file.write(
      covariance.elements, to: "\(path).covariance", shape: [covariance.rows, covariance.columns])
    try file.describe(
      "\(path).covariance", unit: unit == "1" ? "1" : "(\(unit))^2",
      summary: "covariance of the means, entries in the order of the array, last index fastest")
  }
}

extension ChainAnalysis.ArrayResult {
  var output: ArrayOutput {
    let parts = assessment.components
    let covariance = assessment.covariance
    var output = ArrayOutput(
      name: name, shape: shape, unit: unit, summary: summary, means: parts.map(\.mean),
      doubts: doubts, doubt: doubt, covariance: covariance?.values)
    output.beside = [
      ("error", parts.map(\.error), unit, "errors of the means, autocorrelation included"),
      ("tau", parts.map { $0.tau ?? .nan }, "steps", "integrated autocorrelation times"),
      ("tauError", parts.map { $0.tauError ?? .nan }, "steps", "their errors"),
      (
        "effectiveSamples", parts.map { $0.effectiveSamples ?? .nan }, "1",
        "independent samples behind each mean"
      ),
    ]
    guard let covariance else { return output }
    output.facts = [
      ("blocks", Double(covariance.blocks)), ("blockLength", Double(covariance.blockLength)),
      ("effectiveRank", covariance.effectiveRank),
    ]
    return output
  }
}
