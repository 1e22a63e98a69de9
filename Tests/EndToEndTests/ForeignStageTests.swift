import Testing
import Values

/// Two experiments of one project, of which one builds on the other.
@Suite struct ForeignStageTests {
  static let samples = """
    slmc: 1
    experiment: samples
    seed: 3
    stages: {exact: {kind: exact-samples}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.2}
      exact: {samples: 40, replicas: 2, thermalisation: 5}
    sweep: {product: {system.temperature: [0.2, 0.5]}}
    """

  static func user(_ seed: Int, temperatures: String = "[0.50]") -> String {
    """
    slmc: 1
    experiment: user
    seed: \(seed)
    stages:
      copy: {kind: constant, reads: [system]}
      analysis: {kind: analyze-chain, needs: {chain: {experiment: samples, stage: exact}}}
    parameters:
      system: {temperature: 0.2}
    sweep: {product: {system.temperature: \(temperatures)}}
    """
  }

  /// Whoever comes first makes what both use, and the other finds it.
  @Test func sharesTheCacheBothWays() throws {
    let project = try Project()
    try project.write(Self.samples, to: "experiments/samples.yaml")
    try project.write(Self.user(1), to: "experiments/user.yaml")
    let first = try project.slmc("run", "experiments/user.yaml", "--json")
    #expect(first.code == 0, "\(first.errors)")
    #expect(
      first.made == [
        "analysis[system.temperature=0.50]", "copy[system.temperature=0.50]",
        "samples:exact[system.temperature=0.5]",
      ])
    let other = try project.slmc("run", "experiments/samples.yaml", "--json")
    #expect(other.made == ["exact[system.temperature=0.2]"])
    try project.write(Self.user(99, temperatures: "[0.2, 0.5]"), to: "experiments/user.yaml")
    // The seed here is not the seed there.
    let more = try project.slmc("run", "experiments/user.yaml", "--json")
    #expect(more.made == ["analysis[system.temperature=0.2]", "copy[system.temperature=0.2]"])
  }

  /// What fails in the other experiment is repeated there.
  @Test func aFailureNamesTheOtherExperiment() throws {
    let project = try Project()
    try project.write(
      Self.samples.replacing(
        "stages: {exact: {kind: exact-samples}}",
        with:
          "stages: {exact: {kind: command, reads: [system, exact], with: {run: [\"false\"], outputs: [o]}}}"
      ),
      to: "experiments/samples.yaml")
    try project.write(
      Self.user(1).replacing("analyze-chain", with: "constant"), to: "experiments/user.yaml")
    let outcome = try project.slmc("run", "experiments/user.yaml")
    #expect(outcome.code == 1)
    #expect(
      outcome.output.contains(
        "slmc run experiments/samples.yaml --until exact --only 'system.temperature=0.5'"),
      "\(outcome.output)")
  }
}
