import Artifacts
import ContentHash
import Manifest
import Pipeline
import Testing

/// A point is named by its parameters: neither its place in the sweep nor its neighbours reach it.
@Suite struct SweepKeyTests {
  private func text(_ sweep: String) -> String {
    """
    slmc: 1
    experiment: sweep
    stages:
      exact: {kind: exact-samples, reads: [system, exact]}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 1}
      exact: {samples: 20}
    sweep: \(sweep)
    """
  }

  static let sweeps = [
    "{product: {system.temperature: [0.5, 0.75, 1, 2], system.coupling: [2, 1]}}",
    "{product: {system.coupling: [1, 2], system.temperature: [0.5, 1, 2]}}",
    "{zip: {system.temperature: [0.5, 2, 0.5, 1, 1, 2], system.coupling: [1, 2, 2, 2, 1, 1]}}",
    "{product: {system.temperature: [2, 0.50, 1.0], system.coupling: [1, 2, 3]}, exclude: [{system.coupling: 3}]}",
    "{product: {system.temperature: [0.5, 1, 2]}, zip: {system.coupling: {range: {from: 1, to: 2}}}}",
  ]

  /// Temperature and coupling as numbers, with the stage: `exact 0.5 1`.
  private func keys(_ sweep: String) throws -> [String: Digest] {
    let plan = try plan(text(sweep))
    return Dictionary(
      plan.jobs.map { job in
        let point = plan.point(of: job).sorted { $0.name < $1.name }
          .compactMap { Double($0.value) }
        return ("\(plan.stages[job.stage].name) \(point)", job.recipe.key)
      }
    ) { first, _ in first }
  }

  @Test(arguments: sweeps) func aPointHasOneKeyInEverySweep(_ sweep: String) throws {
    let base = try keys("{product: {system.temperature: [0.5, 1, 2], system.coupling: [1, 2]}}")
    #expect(base.count == 12 && Set(base.values).count == 12)
    let other = try keys(sweep)
    for (name, key) in base { #expect(other[name] == key, "\(name)") }
  }

  @Test func aValueThatAnAxisRepeatsIsPlannedOnce() throws {
    let text = """
      slmc: 1
      experiment: repeated
      stages:
        a: {kind: exact-samples, reads: [system, exact]}
        b: {kind: constant, reads: [q]}
      parameters:
        system: {kind: double-exchange, lattice: [2, 2], temperature: 1}
        exact: {samples: 20}
        q: {y: 1}
      sweep: {zip: {system.temperature: [1, 2, 2, 2], q.y: [1, 2, 3, 4]}}
      """
    let plan = try plan(text)
    #expect(plan.stages.map(\.jobs.count) == [2, 4])
    #expect(plan.serving[0] == [0, 1, 1, 1])
  }

  @Test func stagesThatASweptParameterDoesNotReachArePlannedOnce() throws {
    let text = """
      slmc: 1
      experiment: shared
      stages:
        a: {kind: constant, reads: [p]}
        b: {kind: constant, reads: [q], needs: {x: a}}
      parameters: {p: {x: 1}, q: {y: 1}}
      sweep: {product: {p.x: [1, 2], q.y: [1, 2, 3]}}
      """
    let plan = try plan(text)
    #expect(plan.stages.map(\.jobs.count) == [2, 6])
    #expect(plan.serving[0] == [0, 0, 0, 1, 1, 1])
    #expect(
      plan.jobs.map { plan.name(of: $0) }.prefix(3) == ["a[p.x=1]", "a[p.x=2]", "b[p.x=1 q.y=1]"])
    #expect(
      plan.counts
        == {
          var c = Plan.Counts(); c.run = 8; return c
        }())
  }

  @Test func onlyAndUntilSelect() throws {
    let sweep = "{product: {system.temperature: [0.5, 1], system.coupling: [1, 2]}}"
    let part = try plan(
      text(sweep), selection: Selection(only: [("system.temperature", "0.5")], until: "exact"))
    #expect(
      Set(part.keys.keys) == [
        "exact[system.temperature=0.5 system.coupling=1]",
        "exact[system.temperature=0.5 system.coupling=2]",
      ])
  }
}
