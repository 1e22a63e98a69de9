internal import Manifest
internal import Pipeline
internal import Reporting

/// What parameters and results are called on axes and above columns: the symbols that a physicist
/// knows them by, else words made of their identifiers.
struct ResultLabels {
  let plan: Plan

  init(_ plan: Plan) { self.plan = plan }

  /// The column of a parameter, with the unit of its schema.
  func parameter(_ path: String) -> ResultTable.Column {
    ResultTable.Column(path, label: Self.symbol(path), unit: unit(of: path))
  }

  /// Energies are measured in the hopping; counts have no unit.
  private func unit(of path: String) -> String {
    guard let group = path.split(separator: ".").first, path.contains(".") else { return "" }
    let schemas = plan.stages.lazy.flatMap(\.declaration.groups).filter { $0.name == group }
    let field = schemas.flatMap { $0.documentedFields(under: $0.name) }.first { $0.path == path }
    return field?.schema.unit == "energy" ? "$t$" : ""
  }

  static func result(_ reading: ResultReader.Reading) -> ResultTable.Column {
    ResultTable.Column(
      reading.name, label: symbol(reading.name), unit: unit(reading.unit), summary: reading.summary)
  }

  static func autocorrelationTime(of name: String) -> ResultTable.Column {
    ResultTable.Column(
      name + ".tau", label: symbol(name + ".tau"), unit: "steps",
      summary: "integrated autocorrelation time of \(name)")
  }

  private static func unit(_ name: String) -> String {
    switch name {
    case "1": ""
    case "t", "t^2": "$\(name)$"
    default: name
    }
  }

  /// `staggeredMagnetisation`, `energy.cost` and `model.shells` as a reader sees them.
  static func symbol(_ name: String) -> String {
    if let known = parameters[name] ?? results[name] { return known }
    for (suffix, before, after) in derived where name.hasSuffix(suffix) {
      return before + symbol(String(name.dropLast(suffix.count))) + after
    }
    if let shell = name.wholeMatch(of: /spinCorrelation(\d+)/)?.output.1 {
      return "$\\langle S \\cdot S\\rangle_{\(shell)}$"
    }
    return words(name.split(separator: ".").last.map(String.init) ?? name)
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

  private static let parameters = [
    "system.temperature": "$T$", "system.coupling": "$J$", "system.chemicalPotential": "$\\mu$",
    "system.massSquared": "$m^2$", "system.lambda": "$\\lambda$",
    "model.layers": "attention layers",
  ]

  private static let results = [
    "energy": "energy $e$", "density": "density $n$", "specificHeat": "specific heat $c$",
    "magnetisation": "$|M|$", "magnetisationSquared": "$M^2$", "magnetisationFourth": "$M^4$",
    "magnetisationBinder": "Binder ratio of $M$",
    "staggeredMagnetisation": "$|M_{st}|$", "staggeredMagnetisationSquared": "$M_{st}^2$",
    "staggeredMagnetisationFourth": "$M_{st}^4$",
    "staggeredMagnetisationBinder": "Binder ratio of $M_{st}$",
    "nearestNeighbourCorrelation": "$\\langle S \\cdot S\\rangle_{nn}$",
    "structureFactorPiZero": "$S(\\pi,0)$", "structureFactorZeroPi": "$S(0,\\pi)$",
    "logWeight": "$\\ln W$", "logWeightEffective": "$\\ln W_{\\mathrm{eff}}$",
    "residualSigma": "residual $\\sigma$", "acceptancePredicted": "predicted acceptance",
    "action": "action per site", "fieldSquared": "$\\phi^2$", "sites": "sites $N$",
  ]

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
