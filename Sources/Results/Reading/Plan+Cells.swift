internal import Manifest
internal import Pipeline
internal import Reporting
internal import Values
internal import YAML

extension Plan {
  /// A parameter of a job, which may serve several points of the sweep.
  func cell(of path: String, _ job: PlannedJob, at point: Int) -> ResultTable.Cell {
    let experiment = stages[job.stage].experiment
    let axis = experiment.sweep.axes.firstIndex { $0.name == path }
    let node = axis.flatMap { experiment.node(point: point, axis: $0) }
    // A whole group that is swept, in short: `linear, shells 3`.
    if let entries = node?.entries {
      return .text(
        entries.map { entry in
          entry.name == "kind" ? entry.value.spelling : "\(entry.name) \(entry.value.spelling)"
        }.joined(separator: ", "))
    }
    switch parameter(path, of: job) {
    case .integer(let integer): return .integer(integer)
    case .number(let number): return .number(number)
    case .some(let other): return .text(other.spelling)
    case nil: return .missing
    }
  }
}
