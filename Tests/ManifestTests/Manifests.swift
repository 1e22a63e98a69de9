import Diagnostics
import FileSystem
import Manifest
import ScratchFolders
import YAML

/// A manifest without physics; what is given replaces its parts.
func manifest(
  parameters: String = "{p: {x: 1, y: 2}}", sweep: String? = nil, extra: String = ""
) -> String {
  """
  slmc: 1
  experiment: tiny
  stages: {a: {kind: constant, reads: [p]}}
  parameters: \(parameters)
  \(sweep.map { "sweep: \($0)\n" } ?? "")\(extra)
  """
}

/// Reads a manifest's text from a file named exp.yaml.
func read(_ text: String, overrides: Overrides = Overrides()) throws -> Experiment {
  let scratch = try ScratchFolder()
  return try ExperimentReader.read(
    try scratch.write(text, to: "exp.yaml"), overrides: overrides)
}

/// Every mistake of a text as `line:column message | hint`.
func mistakes(in text: String, overrides: Overrides = Overrides()) throws -> [String] {
  do {
    let problems = try read(text, overrides: overrides).problems
    return problems.inSourceOrder.filter { $0.severity == .error }.map(describe)
  } catch let problems as Diagnostics {
    return problems.inSourceOrder.filter { $0.severity == .error }.map(describe)
  }
}

func describe(_ problem: Diagnostic) -> String {
  let place = problem.location.map { "\($0.line):\($0.column) " } ?? ""
  return place + problem.message + (problem.hint.map { " | \($0)" } ?? "")
}

extension Experiment {
  /// The points as `x=1 y=2`, base values left out.
  var points: [String] {
    (0..<sweep.count).map { point in
      sweep.axes.indices.compactMap { axis in
        sweep.node(point: point, axis: axis).map { "\(sweep.axes[axis].name)=\($0.spelling)" }
      }
      .joined(separator: " ")
    }
  }
}
