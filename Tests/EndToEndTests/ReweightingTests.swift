import Foundation
import Testing
import Values

/// Curves between the points of several chains against what is known there.
@Suite struct ReweightingTests {
  static func manifest(
    values: String, lambda: Double, observables: String, between: String = "[1]", more: String = "",
    parameter: String = "massSquared"
  ) -> String {
    """
    slmc: 1
    experiment: e
    seed: 11
    stages:
      exact: {kind: exact-samples}
      curve: {kind: reweight, needs: {chains: {stage: exact, over: system.\(parameter)}}}
      other: {kind: exact-samples, reads: {system: between, exact: long}}
      analysis: {kind: analyze-chain, needs: {chain: other}}
    parameters:
      system: {kind: scalar-field, lattice: [4, 4], massSquared: -1.2, lambda: \(lambda)}
      between: {kind: scalar-field, lattice: [4, 4], massSquared: -1.2, lambda: \(lambda)}
      exact: {samples: 3000, replicas: 4, stride: 4, recordSpins: false}
      long: {samples: 6000, replicas: 4, stride: 4, recordSpins: false}
      reweighting: {observables: \(observables), points: 7\(more)}
    sweep: {product: {system.\(parameter): \(values), between.\(parameter): \(between)}}
    """
  }

  private func rows(_ project: Project, _ words: String...) throws -> [Value] {
    let answer = try project.start(["show", "e.yaml", "--json"] + words).collect()
    try #require(answer.code == 0, "\(answer.errors)")
    return try Value(json: answer.output)["rows"]?.list ?? []
  }

  private func curve(_ project: Project, _ name: String, x: String = "massSquared") throws -> [(
    x: Double, y: Value
  )] {
    try rows(project, "--stage", "curve", "--array", name).map { row in
      (try #require(row[x]?.number), try #require(row[name]))
    }
  }

  /// <phi^2> = (1/N) sum_k 1 / (m^2 + sum_mu 4 sin^2(k_mu / 2)) at seven points from three chains. Beyond
  /// 4.5 errors, known from 32 blocks, lies one in 10,000; in all one in 1500.
  @Test func theFreeFieldBetweenItsChains() throws {
    let project = try Project()
    try project.write(
      Self.manifest(values: "[0.5, 0.8, 1.2]", lambda: 0, observables: "[fieldSquared]"))
    try #require(try project.run("--until", "curve").code == 0)
    let points = try curve(project, "fieldSquared")
    #expect(points.count == 7)
    for (mass, value) in points {
      var exact = 0.0
      for a in 0..<4 {
        for b in 0..<4 {
          let (s, t) = (sin(.pi * Double(a) / 4), sin(.pi * Double(b) / 4))
          exact += 1 / (mass + 4 * s * s + 4 * t * t) / 16
        }
      }
      let (mean, error) = (value["value"]?.number ?? 0, value["error"]?.number ?? 0)
      #expect(abs(mean - exact) < 4.5 * error && error < 0.02 * exact, "\(mass): \(mean) \(exact)")
      #expect(value["converged"]?.boolean == true)
      #expect(value["effectiveSamples"]?.number ?? 0 > 1000)
    }
  }

  /// Chains of their own between the points of phi^4, in m^2 and in lambda: eight comparisons at 4.5
  /// combined errors, a false alarm of one in 1000 in all.
  @Test(arguments: [
    ("massSquared", "[-1.5, -1.2, -0.9]", "[-1.35, -1.05]"),
    ("lambda", "[0.2, 0.3, 0.4]", "[0.25, 0.35]"),
  ]) func chainsBetweenThePoints(_ parameter: String, _ values: String, _ between: String) throws {
    let project = try Project()
    try project.write(
      Self.manifest(
        values: values, lambda: 0.25, observables: "[magnetisation, magnetisationBinder]",
        between: between, more: ", points: 13", parameter: parameter
      ).replacing("points: 7, ", with: ""))
    try #require(try project.run().code == 0)
    let direct = try rows(project, "--stage", "analysis")
    #expect(direct.count == 2)
    for name in ["magnetisation", "magnetisationBinder"] {
      let points = try curve(project, name, x: parameter)
      for row in direct {
        let x = try #require(row["between.\(parameter)"]?.number)
        let (_, y) = try #require(points.first { abs($0.x - x) < 1e-9 }, "\(x) \(points.map(\.x))")
        let due = try #require(row[name])
        let difference = (y["value"]?.number ?? 0) - (due["value"]?.number ?? 9)
        let errors = [y, due].map { $0["error"]?.number ?? 0 }
        let error = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
        #expect(abs(difference) < 4.5 * error, "\(name) at \(x): \(difference) +- \(error)")
        #expect(errors[0] > 0 && errors[0] < 0.05)
      }
    }
  }

  /// Beyond the chains no samples are left, and the points there say so.
  @Test func pointsWithoutSupportAreMarked() throws {
    let project = try Project()
    try project.write(
      Self.manifest(
        values: "[0.5, 0.8]", lambda: 0.25, observables: "[magnetisation]",
        more: ", range: [-6, 0.8]"))
    #expect(try project.run("--until", "curve").code == 0)
    let points = try curve(project, "magnetisation")
    let marks = points.map { $0.y["converged"]?.boolean == true }
    #expect(marks.first == false && marks.last == true, "\(marks)")
    let doubts = points.first?.y["doubts"]?.text ?? ""
    #expect(doubts.contains("independent samples support it where 100"), "\(doubts)")
    #expect(try project.slmc("status", "e.yaml").output.contains("points are doubtful"))
  }

  static let refused: [(old: String, new: String, words: String)] = [
    ("[magnetisation]", "[action]", "`action` contains `massSquared` itself"),
    ("[magnetisation]", "[magnetisatio]", "the chains record no `magnetisatio`; they have"),
    (
      "kind: scalar-field, lattice: [4, 4], massSquared: -1.2, lambda: 0.25",
      "kind: double-exchange, lattice: [2, 2], temperature: 1, coupling: 1",
      "a double-exchange does not tell ln W at another `coupling`"
    ),
    ("[0.5, 0.8]", "[0.5]", "chains at two values of a parameter or more"),
    (", points: 7", ", range: [2, 1]", "reweighting.range must be two ascending numbers"),
  ]

  @Test(arguments: refused.indices) func whatCannotBeReweightedIsSaidByThePlan(_ row: Int) throws {
    let (old, new, words) = Self.refused[row]
    let project = try Project()
    var text = Self.manifest(
      values: "[0.5, 0.8]", lambda: 0.25, observables: "[magnetisation]")
    try #require(text.contains(old))
    text = text.replacing(old, with: new)
    if new.contains("double-exchange") { text = text.replacing("massSquared", with: "coupling") }
    try project.write(text)
    let answer = try project.slmc("plan", "e.yaml")
    #expect(answer.code == 2 && answer.errors.contains(words), "\(answer.errors)")
  }
}
