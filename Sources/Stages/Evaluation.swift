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
  private let system: any SystemEntry.Type
  private let parameters: Record
  private let model: Record?

  /// Reads the fragment: `system:` as in a manifest, and optionally `model:` with explicit weights.
  public init(fragment: YAMLNode) throws(Diagnostics) {
    var decoder = ValueDecoder()
    let group = GroupSchema(
      "fragment", "What to evaluate.",
      fields: [
        FieldSchema("system", .record(systemGroup), "the system, as in a manifest"),
        FieldSchema(
          "model", .record(explicitModelGroup), default: .null, "a model with its weights"),
      ])
    let record = decoder.decode(fragment, as: group, name: "")
    try decoder.problems.throwIfErrors()
    guard let record, let system = record["system"]?.record,
      let entry = try? systemEntry(for: system)
    else { throw decoder.problems }
    self.system = entry
    parameters = system
    model = record["model"]?.record
  }

  /// Reads spins (n, N, components) from one HDF5 file and writes `logWeight` (n), what else the
  /// system tells of a configuration, and with a model `effectiveEnergy` (n) to another.
  ///
  /// - Returns: what was done to the spins, where something had to be.
  @discardableResult
  public func run(input: String, dataset: String, output: String) throws -> String? {
    let source = try HDF5File(opening: input)
    let shape = try source.shape(of: dataset)
    let system = try system.makeSystem(parameters)
    let (sites, components) = (system.lattice.sites, system.components)
    guard shape.count == 3, shape[1] == sites, shape[2] == components else {
      throw StageFailure(
        "\(input):\(dataset) has the shape \(shape), but must be (n, \(sites), \(components))")
    }
    let values = try source.doubles(at: dataset)
    let size = sites * components
    var rounded = 0
    var fields: [Field] = []
    for index in 0..<shape[0] {
      var field = Field(
        sites: sites, components: components,
        values: Array(values[(index * size)..<((index + 1) * size)]))
      if system.geometry == .unitVectors, Self.normaliseRounded(&field) { rounded += 1 }
      do throws(FieldError) {
        try system.validate(field)
      } catch {
        throw StageFailure("\(input):\(dataset), configuration \(index): \(error)")
      }
      fields.append(field)
    }
    let file = try HDF5File(creating: output, overwriting: true)
    try file.setAttribute("schema", "slmc/evaluate/1", of: "/")
    for table in try self.system.evaluate(fields, parameters) {
      try file.write(table.values, to: "/\(table.name)", shape: [fields.count] + table.shape)
      try file.describe("/\(table.name)", unit: table.unit, summary: table.summary)
    }
    if let model {
      let model = try makeExplicitModel(model)
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

  /// Mends lengths that single precision left off 1; false where there was nothing to mend, or more
  /// than rounding explains.
  private static func normaliseRounded(_ field: inout Field) -> Bool {
    let width = field.components
    let norms = (0..<field.sites).map { site in
      field.values[(site * width)..<((site + 1) * width)].reduce(0) { $0 + $1 * $1 }
    }
    let off = norms.reduce(0) { max($0, abs($1 - 1)) }
    guard off > 1e-8, off < 1e-6, norms.allSatisfy(\.isFinite) else { return false }
    for (site, norm) in norms.enumerated() {
      for place in (site * width)..<((site + 1) * width) {
        field.values[place] /= norm.squareRoot()
      }
    }
    return true
  }
}

/// One quantity of many configurations.
struct EvaluatedTable {
  let name: String
  let unit: String
  let shape: [Int]
  let summary: String
  let values: [Double]
}
