import Artifacts
import ContentHash
import Diagnostics
import FileSystem
import Manifest
import Pipeline
import ScratchFolders
import Theories

/// The plan of a manifest's text with all stage kinds of slmc.
func plan(
  _ text: String, in scratch: ScratchFolder? = nil, selection: Selection = Selection(),
  overrides: Overrides = Overrides()
) throws -> Plan {
  let folder = try scratch ?? ScratchFolder()
  let file = try folder.write(text, to: "exp.yaml")
  return try PlanBuilder.build(
    ExperimentReader.read(file, overrides: overrides), registry: .standard, selection: selection)
}

extension Plan {
  /// Recipe keys by the jobs' names.
  var keys: [String: Digest] {
    Dictionary(jobs.map { (name(of: $0), $0.recipe.key) }) { first, _ in first }
  }
}

func mistakes(_ text: String, selection: Selection = Selection()) throws -> [String] {
  do {
    _ = try plan(text, selection: selection)
    return []
  } catch let problems as Diagnostics {
    return problems.inSourceOrder.filter { $0.severity == .error }.map { problem in
      let place = problem.location.map { "\($0.line):\($0.column) " } ?? ""
      return place + problem.message + (problem.hint.map { " | \($0)" } ?? "")
    }
  }
}
