import Testing
import Values

/// What parameters and results are called: by the symbols that they were declared with, in their own units.
@Suite struct LabelTests {
  private static func manifest(_ system: String) -> String {
    """
    slmc: 1
    experiment: labels
    stages:
      exact: {kind: exact-samples}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: \(system)
      exact: {samples: 64, replicas: 2, thermalisation: 5, recordSpins: false}
    figures:
      f: {from: analysis, x: \(system.contains("scalar") ? "system.lambda" : "system.temperature"),
          y: magnetisation}
    """
  }

  /// Label and unit by name, of one stage's table.
  private func columns(_ text: String, stage: String) throws -> [String: [String?]] {
    let desk = try Desk()
    try desk.write(text, to: "e.yaml")
    try desk.write(
      """
      cat > results.json <<'END'
      {"gap": {"value": 1.5, "unit": "meV", "symbol": "$\\\\Delta$"}, "latticeSites": 4}
      END
      """, to: "gap.sh")
    #expect(try desk.slmc("run", "e.yaml").code == 0)
    let table = try desk.slmc("show", "e.yaml", "--stage", stage, "--json").json
    return Dictionary(
      (table["columns"]?.list ?? []).map {
        ($0["name"]?.text ?? "", [$0["label"]?.text, $0["unit"]?.text])
      }
    ) { first, _ in first }
  }

  @Test func everyTheoryHasItsOwn() throws {
    let spins = try columns(
      Self.manifest("{kind: double-exchange, lattice: [2, 2], temperature: 0.5}"),
      stage: "analysis")
    #expect(spins["system.temperature"] == ["$T$", "$t$"])
    #expect(spins["energy"] == ["energy $e$", "$t$"])
    #expect(spins["energy.tau"] == ["$\\tau_{\\mathrm{int}}$ of energy $e$", "steps"])
    #expect(spins["thermalEnergyVariance"] == ["thermal energy variance", "$t^2$"])
    #expect(spins["logWeight"] == ["$\\ln W$", ""])
    let field = try columns(
      Self.manifest("{kind: scalar-field, lattice: [4], massSquared: 0.5, lambda: 0.2}"),
      stage: "analysis")
    #expect(field["system.lambda"] == ["$\\lambda$", ""])
    #expect(field["action"] == ["action per site", ""])
    #expect(field["magnetisation"] == ["$|M|$", ""])
    #expect(field["schwingerDyson"] == ["schwinger dyson", ""])
    #expect(field.values.allSatisfy { $0[1] == "" || $0[1] == "steps" })
  }

  @Test func aCommandBringsItsOwn() throws {
    let columns = try columns(
      """
      slmc: 1
      experiment: labels
      stages:
        gap: {kind: command, with: {run: [sh, gap.sh], files: [gap.sh], outputs: [results.json]}}
      """, stage: "gap")
    #expect(columns["gap"] == ["$\\Delta$", "meV"])
    #expect(columns["latticeSites"] == ["lattice sites", ""])
  }
}
