internal import FileSystem
internal import HDF5
internal import Lattice
internal import Models
internal import MonteCarlo
internal import Pipeline
internal import Values

/// A trained model in an artifact: the architecture as JSON and the numbers as named datasets.
enum ModelFile {
  /// - Parameters:
  ///   - lattice: the one that names the model's shells.
  ///   - continued: the one of the samples when the model began on another training.
  static func write(
    _ model: any TrainableModel, architecture: Record, lattice: Torus, temperature: Double,
    continuedOn continued: Torus? = nil, to file: HDF5File
  ) throws {
    try file.createGroup("/model")
    try file.setAttribute("architecture", Value.record(architecture).json(), of: "/model")
    try file.setAttribute("lattice", lattice.extents, of: "/model")
    try file.setAttribute("temperature", temperature, of: "/model")
    if let continued {
      try file.setAttribute("continuedOn", continued.extents, of: "/model")
    }
    try file.write(model.parameters.values, to: "/model/parameters")
    try file.describe(
      "/model/parameters", unit: "mixed", summary: "all trainable numbers in one buffer")
    for range in model.parameters.ranges {
      let values = Array(model.parameters.values[range.offset..<(range.offset + range.count)])
      try file.write(values, to: "/model/named/\(range.name)", shape: range.shape)
    }
  }

  /// A model as it was trained, and for which lattice and temperature; the lattice names its shells.
  struct Stored {
    let model: any TrainableModel
    let architecture: Record
    let lattice: Torus
    let temperature: Double
  }

  static func read(_ path: Path, _ book: TheoryBook) throws -> Stored {
    let file = try HDF5File(opening: path.description)
    let text = try file.stringAttribute("architecture", of: "/model")
    guard let architecture = try Value(json: text).record else {
      throw StageFailure("\(path) does not describe its model")
    }
    let lattice = Torus(try file.integersAttribute("lattice", of: "/model"))
    var model = try book.modelEntry(for: architecture).makeModel(architecture, on: lattice)
    let values = try file.doubles(at: "/model/parameters")
    guard values.count == model.parameters.values.count else {
      throw StageFailure(
        "\(path) holds \(values.count) numbers, its architecture has "
          + "\(model.parameters.values.count)")
    }
    model.parameters.values = values
    return Stored(
      model: model, architecture: architecture, lattice: lattice,
      temperature: try file.doubleAttribute("temperature", of: "/model"))
  }
}
