internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Values

extension ChainRun {
  /// The first steps of a recorded number, by replica.
  func series(_ name: String, _ length: Int) throws -> [[Double]] {
    var offset = 0
    for column in columns {
      if column.name == name && column.width == 1 {
        return rows.map { row in (0..<length).map { row[$0 * width + offset] } }
      }
      offset += column.width
    }
    throw StageFailure("the chain records no number `\(name)` to run until")
  }

  /// `/goal`: where the chain stopped and what it knew at each length at which it looked.
  ///
  /// The target itself is left out, as all parameters are: a chain that another target stops at the
  /// same step is equal.
  func write(
    _ outcomes: [ConvergenceTarget.Outcome], of target: ConvergenceTarget, to file: HDF5File
  ) throws {
    guard let last = outcomes.last else { return }
    try file.createGroup("/goal")
    try file.setAttribute("observable", target.observable, of: "/goal")
    try file.setAttribute("reached", target.isReached(by: last) ? 1 : 0, of: "/goal")
    try file.write(outcomes.map(\.length), to: "/goal/lengths")
    try file.describe(
      "/goal/lengths", unit: "steps", summary: "where the chain looked; it ends at the last")
    try file.write(outcomes.map(\.mean), to: "/goal/mean")
    try file.describe("/goal/mean", unit: "1", summary: "mean of the observable at each length")
    try file.write(outcomes.map(\.error), to: "/goal/error")
    try file.describe(
      "/goal/error", unit: "1", summary: "error of that mean, autocorrelation included")
  }
}

extension ConvergenceTarget {
  func highlights(of outcomes: [Outcome]) -> Record {
    guard let last = outcomes.last else { return [:] }
    var record: Record = ["converged": .boolean(isReached(by: last))]
    if last.relativeError.isFinite { record["relativeError"] = .number(last.relativeError) }
    if !isReached(by: last) { record["doubt"] = .text(doubt(about: last)) }
    return record
  }
}
