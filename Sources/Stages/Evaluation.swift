public import Diagnostics
internal import FileSystem
internal import HDF5
internal import Lattice
internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import Values
public import YAML

/// Evaluates the weights of configurations that a user brings along: `slmc evaluate`.
public struct Evaluation {
  private let book: TheoryBook
  private let theory: any Theory.Type
  private let parameters: Record
  private let model: Record?

  /// Reads the fragment: `system:` as in a manifest, and optionally `model:` with explicit weights.
  public init(fragment: YAMLNode, _ book: TheoryBook) throws(Diagnostics) {
    var decoder = ValueDecoder()
    let group = GroupSchema(
      "fragment", "What to evaluate.",
      fields: [
        FieldSchema("system", .record(book.systemGroup), "the system, as in a manifest"),
        FieldSchema(
          "model", .record(book.explicitModelGroup), default: .null, "a model with its weights"),
      ])
    let record = decoder.decode(fragment, as: group, name: "")
    try decoder.problems.throwIfErrors()
    guard let record, let system = record["system"]?.record,
      let theory = try? book.theory(of: system)
    else { throw decoder.problems }
    self.book = book
    self.theory = theory
    parameters = system
    model = record["model"]?.record
  }

  /// Reads fields (n, N, components) from one HDF5 file and writes `logWeight` (n), what else the
  /// system tells of a configuration, and with a model `effectiveEnergy` (n) to another.
  ///
  /// - Returns: what was done to the spins, where something had to be.
  @discardableResult
  public func run(input: String, dataset: String, output: String) throws -> String? {
    let source = try HDF5File(opening: input)
    let shape = try source.shape(of: dataset)
    let system = try theory.anySystem(parameters)
    guard shape.count == 3, Array(shape[1...]) == system.shape.dimensions else {
      let due = system.shape.dimensions.map { "\($0)" }.joined(separator: ", ")
      throw StageFailure("\(input):\(dataset) has the shape \(shape), but must be (n, \(due))")
    }
    let values = try source.doubles(at: dataset)
    let size = system.shape.count
    var rounded = 0
    var fields: [Field] = []
    for index in 0..<shape[0] {
      var field = try system.shape.field(Array(values[(index * size)..<((index + 1) * size)]))
      if Self.mendRounding(&field, in: system.space) { rounded += 1 }
      do throws(FieldError) {
        try system.validate(field)
      } catch {
        throw StageFailure("\(input):\(dataset), configuration \(index): \(error)")
      }
      fields.append(field)
    }
    let file = try HDF5File(creating: output, overwriting: true)
    try file.setAttribute("schema", "slmc/evaluate/1", of: "/")
    for table in try theory.evaluate(fields, parameters) {
      try file.write(table.values, to: "/\(table.name)", shape: [fields.count] + table.shape)
      try file.describe("/\(table.name)", unit: table.unit, summary: table.summary)
    }
    if let model {
      let model = try book.makeExplicitModel(model)
      try checkFields(of: model, for: system)
      let energy = try model.makeEnergy(on: system.lattice)
      try file.write(fields.map { energy.energy($0) }, to: "/effectiveEnergy")
      try file.describe("/effectiveEnergy", unit: "energy", summary: "H_eff of the configuration")
    }
    try file.close()
    return rounded == 0
      ? nil
      : "the spins of \(rounded) of \(fields.count) configurations were normalised: their lengths "
        + "differ from 1 by rounding, as in single precision"
  }

  /// Mends what single precision left off; false where there was nothing to mend, or more than rounding
  /// explains.
  private static func mendRounding(_ field: inout Field, in space: any FieldSpace) -> Bool {
    var mended = field
    let off = space.retract(&mended)
    guard off > UnitVectors.tolerance, off < 1e-6 else { return false }
    field = mended
    return true
  }
}
