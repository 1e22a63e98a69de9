import Pipeline
import Testing
import Theories
import Values

/// What theories tell of their samplers reaches plans.
@Suite struct TheoryTests {
  private func problems(_ system: Record, _ exact: Record) -> [String] {
    StageRegistry.standard["exact-samples"]?
      .problems(in: ["system": .record(system), "exact": .record(exact)]) ?? ["no such kind"]
  }

  private let fermions: Record = [
    "kind": "double-exchange", "lattice": .list([.integer(4), .integer(4)]),
    "hopping": .number(1), "coupling": .number(1), "chemicalPotential": .number(0),
    "temperature": .number(0.1),
  ]

  @Test func samplersAreChecked() {
    #expect(problems(fermions, ["method": "fast"]).isEmpty)
    #expect(problems(fermions, [:]).isEmpty)
    let exchange = problems(fermions, ["method": "replica-exchange", "temperatures": .list([])])
    #expect(exchange.first?.contains("needs further temperatures") == true)
    #expect(problems(fermions, ["method": "guess"]).first?.contains("no sampler") == true)
  }

  @Test func conventionsAreChecked() {
    func scalar(_ fields: Record) -> [String] {
      var system: Record = [
        "kind": "scalar-field", "lattice": .list([.integer(4)]), "lambda": .number(0.1),
      ]
      for (name, value) in fields.elements { system[name] = value }
      return problems(system, [:])
    }
    #expect(scalar(["massSquared": .number(1)]).isEmpty)
    #expect(scalar([:]).first?.contains("needs `massSquared`") == true)
    #expect(
      scalar(["convention": "hopping", "massSquared": .number(1)]).first?
        .contains("hopping has none") == true)
    #expect(scalar(["convention": "hopping", "kappa": .number(0.2)]).isEmpty)
    #expect(
      scalar(["convention": "plain", "massSquared": .number(1), "kappa": .number(2)]).first?
        .contains("plain has none") == true)
  }

  @Test func everySystemSaysWhatItTakes() throws {
    let effort = try #require(StageRegistry.standard["exact-samples"]?.declaration.effort)
    for (system, method) in [
      (fermions, "naive"), (fermions, "hmc"), (fermions, "replica-exchange"),
      (
        [
          "kind": "planar-spins", "lattice": .list([.integer(4), .integer(4)]),
          "temperature": .number(1),
        ], "heat-bath"
      ),
    ] {
      let outline = JobOutline(
        parameters: [
          "system": .record(system), "exact": .record(["method": .text(method)]),
        ], length: 10, inputs: [:])
      let predicted = try #require(effort(outline), "\(method)")
      #expect(predicted.amount > 0 && predicted.manner.hasSuffix(method))
    }
  }
}
