internal import Artifacts
internal import FileSystem
internal import HDF5
internal import Pipeline
internal import Values

extension HDF5File {
  /// Starts the artifact of a job: who it is stands in the root's attributes.
  static func artifact(for job: Job) throws -> HDF5File {
    let file = try HDF5File(creating: job.output.description)
    try file.setAttribute("schema", "slmc/\(job.recipe.kind)/\(job.recipe.version)", of: "/")
    try file.setAttribute("kind", job.recipe.kind, of: "/")
    try file.setAttribute("parameters", Value.record(job.parameters).json(), of: "/")
    return file
  }

  /// What a reader is told of a dataset.
  ///
  /// - Parameter symbol: how physicists write it; not part of the content.
  func describe(
    _ path: String, symbol: String = "", unit: String, summary: String
  ) throws {
    if !symbol.isEmpty { try setAttribute("symbol", symbol, of: path) }
    try setAttribute("unit", unit, of: path)
    try setAttribute("summary", summary, of: path)
  }
}
