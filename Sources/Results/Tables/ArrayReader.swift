internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import HDF5
internal import Manifest
internal import Reporting

/// Reads the arrays of an artifact: `/arrays/NAME` with `NAME.error`, `NAME.tau`, … beside it.
struct ArrayReader {
  let file: HDF5File
  let artifact: String

  init(_ file: HDF5File, artifact: String) {
    self.file = file
    self.artifact = artifact
  }

  /// The artifact's bytes are checked first.
  init(_ key: Digest, in store: Store) throws {
    _ = try store.verified(key)
    self.init(
      try HDF5File(opening: store.data(of: key).description), artifact: key.short)
  }

  /// An array with what is known of each entry.
  struct StoredArray {
    let name: String
    let shape: [Int]
    let unit: String
    let summary: String
    let values: [MeasuredValue]
    /// What the entries stand for along the last index, where the array says so: a name and numbers.
    let grid: (name: String, numbers: [Double])?

    /// One entry as a result of its own.
    func reading(_ place: Int, called name: String) -> ResultReader.Reading {
      ResultReader.Reading(name: name, unit: unit, summary: summary, value: values[place])
    }

    /// Every entry, by the indices of all dimensions.
    var readings: [ResultReader.Reading] {
      values.indices.map { place in
        let indices = ElementName.indices(of: place, in: shape)
        return reading(place, called: ElementName(array: name, indices: indices).description)
      }
    }
  }

  var names: [String] {
    get throws {
      guard try file.exists("/arrays") else { return [] }
      return try file.children(of: "/arrays").filter { !$0.contains(".") }
    }
  }

  /// nil where the artifact has no such array.
  func array(_ name: String) throws -> StoredArray? {
    let path = "/arrays/\(name)"
    guard try names.contains(name) else { return nil }
    func text(_ attribute: String) throws -> String {
      try file.hasAttribute(attribute, of: path)
        ? try file.stringAttribute(attribute, of: path) : ""
    }
    return StoredArray(
      name: name, shape: try file.shape(of: path), unit: try text("unit"),
      summary: try text("summary"), values: try file.measured(at: path, artifact: artifact),
      grid: try grid(try text("grid")))
  }

  private func grid(_ path: String) throws -> (name: String, numbers: [Double])? {
    guard !path.isEmpty, try file.exists(path) else { return nil }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (name, try file.doubles(at: path))
  }

  /// Every entry of every array.
  func readings() throws -> [ResultReader.Reading] {
    try names.flatMap { try array($0)?.readings ?? [] }
  }

  /// The entries of these names, as they are called there.
  func readings(of wanted: [ElementName]) throws -> [ResultReader.Reading] {
    try wanted.compactMap { element in
      guard let array = try array(element.array), let place = element.place(in: array.shape) else {
        return nil
      }
      return array.reading(place, called: element.description)
    }
  }
}

extension HDF5File {
  /// The numbers of a dataset with whatever lies beside it: `PATH.error`, `PATH.tau`, `PATH.converged`.
  func measured(at path: String, artifact: String) throws -> [MeasuredValue] {
    let values = try doubles(at: path)
    func beside(_ ending: String) throws -> [Double]? {
      guard try exists("\(path).\(ending)") else { return nil }
      let numbers = try doubles(at: "\(path).\(ending)")
      return numbers.count == values.count ? numbers : nil
    }
    func known(_ numbers: [Double]?, _ place: Int) -> Double? {
      numbers.flatMap { $0[place].isNaN ? nil : $0[place] }
    }
    let (errors, taus) = (try beside("error"), try beside("tau"))
    let (tauErrors, samples) = (try beside("tauError"), try beside("effectiveSamples"))
    let converged = try exists("\(path).converged") ? integers(at: "\(path).converged") : []
    let doubts = try exists("\(path).doubts") ? strings(at: "\(path).doubts") : []
    return values.indices.map { place in
      MeasuredValue(
        values[place], error: known(errors, place), autocorrelationTime: known(taus, place),
        autocorrelationTimeError: known(tauErrors, place),
        effectiveSamples: known(samples, place),
        isConverged: converged.count == values.count ? converged[place] == 1 : nil,
        doubts: doubts.count == values.count ? doubts[place] : "", artifact: artifact)
    }
  }
}
