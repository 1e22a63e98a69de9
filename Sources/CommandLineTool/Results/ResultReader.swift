internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import HDF5
internal import Reporting

/// Reads what an artifact measured: every number under `/results` with its error.
struct ResultReader {
  let store: Store

  /// One number of one artifact.
  struct Reading {
    let name: String
    let unit: String
    let summary: String
    let value: MeasuredValue
  }

  /// The artifact's bytes are checked first.
  func readings(of key: Digest) throws -> [Reading] {
    _ = try store.verified(key)
    let file = try HDF5File(opening: store.data(of: key).description)
    guard try file.exists("/results") else { return [] }
    return try file.children(of: "/results").compactMap { name in
      try reading(name, at: "/results/\(name)", file, artifact: key.short)
    }
  }

  /// What an independent sample took, in counted work and in time: single numbers under `/costs` and
  /// `/timing` of an analysis.
  func costs(of key: Digest) throws -> [Reading] {
    let file = try HDF5File(opening: store.data(of: key).description)
    guard try file.exists("/costs") else { return [] }
    return try ["/costs", "/timing"].flatMap { group in
      try file.children(of: group).compactMap { name in
        try reading(name, at: "\(group)/\(name)", file, artifact: key.short)
      }
    }
  }

  private func reading(
    _ name: String, at path: String, _ file: HDF5File, artifact: String
  ) throws -> Reading? {
    guard let value = try file.doubles(at: path).first else { return nil }
    func number(_ attribute: String) throws -> Double? {
      try file.hasAttribute(attribute, of: path)
        ? try file.doubleAttribute(attribute, of: path) : nil
    }
    func text(_ attribute: String) throws -> String {
      try file.hasAttribute(attribute, of: path)
        ? try file.stringAttribute(attribute, of: path) : ""
    }
    let converged =
      try file.hasAttribute("converged", of: path)
      ? try file.integerAttribute("converged", of: path) == 1 : nil
    return Reading(
      name: name, unit: try text("unit"), summary: try text("summary"),
      value: MeasuredValue(
        value, error: try number("error"), autocorrelationTime: try number("tau"),
        autocorrelationTimeError: try number("tauError"),
        effectiveSamples: try number("effectiveSamples"), isConverged: converged,
        artifact: artifact))
  }
}
