internal import Manifest
internal import Pipeline
internal import Reporting
internal import Values

/// What parameters and results are called on axes and above columns: the symbols that they were
/// declared with, else words made of their identifiers.
package struct ResultLabels {
  /// Fields of the variants that the plan's jobs use, by their path.
  private var fields: [String: FieldSchema] = [:]
  private var quantities: [String: Quantity] = [:]
  /// What a unit may be made of: parameters that are written as one symbol.
  private var symbols: Set<String> = []

  init(_ plan: Plan) {
    for stage in plan.stages {
      for job in Self.examples(of: stage, in: plan) {
        for quantity in plan.quantities(of: job) where quantities[quantity.name] == nil {
          quantities[quantity.name] = quantity
        }
        for group in stage.declaration.groups { note(group, of: job, in: plan) }
      }
    }
    symbols = Set(fields.values.map(\.symbol))
  }

  /// Jobs of one stage differ in few ways; so many are enough to know them by.
  private static func examples(of stage: PlannedStage, in plan: Plan) -> [PlannedJob] {
    let step = max(1, stage.jobs.count / 64)
    return stride(from: stage.jobs.lowerBound, to: stage.jobs.upperBound, by: step)
      .map { plan.jobs[$0] }
  }

  private mutating func note(_ group: GroupSchema, of job: PlannedJob, in plan: Plan) {
    for field in group.documentedFields(under: group.name) where fields[field.path] == nil {
      let isThere = field.conditions.allSatisfy { condition in
        let place =
          condition.name.contains(".") ? condition.name : "\(group.name).\(condition.name)"
        return plan.parameter(place, of: job)?.spelling == condition.value
      }
      if isThere { fields[field.path] = field.schema }
    }
  }

  /// The column of a parameter, with the unit of its schema.
  func parameter(_ path: String) -> ResultTable.Column {
    ResultTable.Column(path, label: symbol(path), unit: unit(of: path))
  }

  /// Counts, of steps or sites, need none.
  private func unit(of path: String) -> String {
    guard let field = fields[path], case .number = field.type else { return "" }
    return unit(field.unit)
  }

  func result(_ reading: ResultReader.Reading) -> ResultTable.Column {
    ResultTable.Column(
      reading.name, label: label(of: reading), unit: unit(reading.unit),
      summary: reading.summary, isMain: quantities[reading.name]?.isMain ?? false)
  }

  func autocorrelationTime(of reading: ResultReader.Reading) -> ResultTable.Column {
    ResultTable.Column(
      reading.name + ".tau", label: "$\\tau_{\\mathrm{int}}$ of " + label(of: reading),
      unit: "steps", summary: "integrated autocorrelation time of \(reading.name)")
  }

  /// The artifact's own word counts; one made before there was any is called as a new one would be.
  private func label(of reading: ResultReader.Reading) -> String {
    reading.symbol.isEmpty ? symbol(reading.name) : reading.symbol
  }

  /// `t^2` is mathematics where a parameter is written $t$.
  private func unit(_ name: String) -> String {
    guard name != "1" else { return "" }
    return symbols.contains("$\(name.prefix { $0 != "^" })$") ? "$\(name)$" : name
  }

  /// `energy.cost` and `model.shells` as a reader sees them.
  func symbol(_ name: String) -> String {
    if let known = fields[name]?.symbol ?? quantities[name]?.symbol, !known.isEmpty {
      return known
    }
    for (suffix, before, after) in Self.derived where name.hasSuffix(suffix) {
      return before + symbol(String(name.dropLast(suffix.count))) + after
    }
    return Self.words(name.split(separator: ".").last.map(String.init) ?? name)
  }

  /// `innerSweeps` as two words.
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase {
        text += " " + character.lowercased()
      } else {
        text.append(character)
      }
    }
  }

  /// What is told of a result beside its value.
  private static let derived: [(suffix: String, before: String, after: String)] = [
    (".tau", "$\\tau_{\\mathrm{int}}$ of ", ""),
    (".effectiveSamples", "samples of ", ""),
    (".converged", "", " converged"),
    (".amortisedCost", "amortised cost of an independent ", ""),
    (".cost", "cost of an independent ", ""),
    (".rate", "independent ", " per CPU time"),
    (".evaluations", "exact evaluations per independent ", ""),
    (".innerSteps", "inner steps per independent ", ""),
  ]
}
