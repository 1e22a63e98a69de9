import Foundation
import Testing

/// Tables over points of which some have an autocorrelation time and some do not.
@Suite struct ResultTableTests {
  /// At T = 10^9 every proposal is accepted: the acceptance is constant there and nowhere else.
  static let manifest = """
    slmc: 1
    experiment: ragged
    seed: 1
    stages:
      exact: {kind: exact-samples}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], temperature: 1}
      exact: {samples: 64, replicas: 2, thermalisation: 5, method: naive}
    sweep: {product: {system.temperature: [0.1, 1e9]}}
    """

  @Test func everyRowHasEveryColumn() throws {
    let project = try Project()
    try project.write(Self.manifest)
    #expect(try project.run().code == 0)
    let shown = try project.slmc("show", "e.yaml", "--stage", "analysis", "--tsv")
    #expect(shown.code == 0)
    let rows = shown.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 3)
    #expect(Set(rows.map(\.count)).count == 1)
    #expect(rows[0].contains("acceptance.tau"))
  }
}
