package import Artifacts
internal import ContentHash
internal import FileSystem
internal import HDF5
internal import Manifest
package import Reporting
internal import Stages

/// Reads what an artifact measured: every number under `/results` with its error.
package struct ResultReader {
  let store: Store

  /// One number of one artifact.
  package struct Reading {
    package let name: String
    /// As the artifact says; empty where it says nothing.
    package var symbol = ""
    package let unit: String
    package let summary: String
    package let value: MeasuredValue
  }

  package init(store: Store) { self.store = store }

  /// Entries of arrays that are read beside the results.
  enum Entries {
    case all
    case named([ElementName])
  }

  /// The artifact's bytes are checked first.
  func readings(of key: Digest, entries: Entries = .named([])) throws -> [Reading] {
    let arrays = try ArrayReader(key, in: store)
    let file = arrays.file
    let names = try file.exists("/results") ? file.children(of: "/results") : []
    let results = try names.compactMap { name in
      try reading(name, at: "/results/\(name)", file, artifact: key.short)
    }
    switch entries {
    case .all: return try results + arrays.readings()
    case .named(let names): return try results + arrays.readings(of: names)
    }
  }

  /// What an independent sample took in counted work, which an analysis keeps under `/costs`.
  func counts(of key: Digest) throws -> [Reading] {
    let file = try HDF5File(opening: store.data(of: key).description)
    guard try file.exists("/costs") else { return [] }
    return try file.children(of: "/costs").compactMap { name in
      try reading(name, at: "/costs/\(name)", file, artifact: key.short)
    }
  }

  /// What it took in time, worked out from the artifacts as they are now. Times that an earlier version
  /// kept in the analysis may be those of a chain that has been made again, and are not read.
  func times(of key: Digest) throws -> [Reading] {
    try CostReading.all(of: key, in: store).map { cost in
      Reading(
        name: cost.name, unit: cost.unit, summary: cost.summary,
        value: MeasuredValue(
          cost.value, error: cost.error, isConverged: cost.isConverged, artifact: key.short))
    }
  }

  /// Whether a number is a time of that kind, by its name.
  static func isTime(_ name: String) -> Bool {
    ["rowTime", "trainingTime"].contains(name)
      || [".cost", ".amortisedCost", "WithoutMeasuring", ".rate", "Share"].contains {
        name.hasSuffix($0)
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
    let doubts = try converged == false ? text("doubts") : ""
    return Reading(
      name: name, symbol: try text(ContentDigest.symbolAttribute), unit: try text("unit"),
      summary: try text("summary"),
      value: MeasuredValue(
        value, error: try number("error"), autocorrelationTime: try number("tau"),
        autocorrelationTimeError: try number("tauError"),
        effectiveSamples: try number("effectiveSamples"), isConverged: converged,
        doubts: doubts, artifact: artifact))
  }
}
