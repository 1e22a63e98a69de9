import FileSystem
import ScratchFolders
import Testing

/// Columns of figures and tables are checked before anything runs, as far as they can be known.
@Suite struct ColumnCheckTests {
  static func manifest(_ figures: String, tables: String = "{}") -> String {
    """
    slmc: 1
    experiment: columns
    \(selfLearningStages)
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], temperature: 0.5}
      exact: {samples: 60, replicas: 4, thermalisation: 5}
      model: {kind: linear, shells: 1}
      chain: {proposals: 60, replicas: 2, innerSweeps: 3}
    sweep: {product: {model.shells: [1, 2]}}
    figures: {f: \(figures)}
    tables: \(tables)
    """
  }

  private func plan(_ figures: String, tables: String = "{}") throws -> Answer {
    let desk = try Desk()
    try desk.write(Self.manifest(figures, tables: tables), to: "e.yaml")
    return try desk.slmc("plan", "e.yaml")
  }

  /// A figure with a mistake, the column that is said not to be there, and the one that was meant.
  static let mistakes: [(String, String, String)] = [
    ("{from: analysis, x: model.shells, y: acceptence}", "acceptence", "acceptance"),
    ("{from: analysis, x: model.shels, y: acceptance}", "model.shels", "model.shells"),
    (
      "{from: analysis, x: model.shells, y: [energy, magnetization]}", "magnetization",
      "magnetisation"
    ),
    ("{from: analysis, x: sites, y: energy.csot}", "energy.csot", "energy.cost"),
    ("{from: analysis, x: sites, y: energy, group: model.shels}", "model.shels", "model.shells"),
    (
      "{from: analysis, x: sites, y: energy, where: {system.temprature: 1}}", "system.temprature",
      "system.temperature"
    ),
    ("{from: analysis, x: sites, y: energy, over: model.shels}", "model.shels", "model.shells"),
    ("{from: model, x: model.shells, y: residualSigmas}", "residualSigmas", "residualSigma"),
  ]

  @Test(arguments: mistakes.indices) func isFoundByThePlan(_ row: Int) throws {
    let (figure, column, meant) = Self.mistakes[row]
    let answer = try plan(figure)
    #expect(answer.code == 2)
    #expect(answer.errors.contains("has no column `\(column)`"), "\(answer.errors)")
    #expect(answer.errors.contains("`\(meant)`"), "\(answer.errors)")
    #expect(answer.errors.contains("e.yaml:14:"), "\(answer.errors)")
  }

  @Test func tablesAreCheckedToo() throws {
    let answer = try plan(
      "{from: analysis, x: sites, y: energy}",
      tables: "{t: {from: analysis, columns: [energy.tau, enrgy]}}")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("`t`: `analysis` has no column `enrgy`"), "\(answer.errors)")
  }

  @Test func aTableMayShowTheSpread() throws {
    let answer = try plan(
      "{from: analysis, x: sites, y: energy}",
      tables: "{t: {from: analysis, columns: [energy, energy.spread], over: model.shells}}")
    #expect(answer.code == 0, "\(answer.errors)")
  }

  static let sound = [
    "{from: analysis, x: model.shells, y: [acceptance, energy.cost, specificHeat, rowTime]}",
    "{from: analysis, x: index, y: autocorrelation/energy, group: model}",
    "{from: model, x: parameters, y: residualVariance, where: {model.kind: linear}}",
    "{from: analysis, x: exact.samples, y: magnetisationBinder, over: [model.shells]}",
    "{from: analysis, x: sites, y: energy.spread, over: model.shells}",
    "{from: [model, analysis], x: model.shells, y: acceptancePredicted, group: chain.innerSweeps}",
  ]

  @Test(arguments: sound) func whatCanBeThereIsNoMistake(_ figure: String) throws {
    let answer = try plan(figure)
    #expect(answer.code == 0, "\(answer.errors)")
  }
}
