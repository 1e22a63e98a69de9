import Foundation
import ScratchFolders
import Testing

/// Chains that must not be believed, and inputs that do not fit: a mark or a word for each.
@Suite struct DoubtTests {
  private func manifest(_ changes: [(String, String)] = []) -> String {
    let text = """
      slmc: 1
      experiment: doubts
      seed: 5
      \(selfLearningStages)
      parameters:
        system: {kind: double-exchange, lattice: [4, 4], temperature: 0.05}
        exact: {samples: 60, replicas: 4, thermalisation: 20}
        model: {kind: linear, shells: all}
        chain: {proposals: 400, replicas: 2, innerSweeps: 4, thermalisation: 20}
        analysis: {}
      """
    return changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
  }

  private func analysed(_ changes: (String, String)...) throws -> (rows: [[String]], status: String)
  {
    let project = try Project()
    try project.write(manifest(changes))
    let outcome = try project.run()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let shown = try project.slmc("show", "e.yaml", "--stage", "analysis", "--tsv")
    let rows = shown.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    return (rows, try project.slmc("status", "e.yaml").output)
  }

  /// The answers in the columns that say whether a number converged; a number that is the same in
  /// every row, as the density at half filling is, needs no convergence.
  private func marks(_ rows: [[String]]) -> [String: String] {
    let cells = Dictionary(zip(rows[0], rows[1])) { first, _ in first }
    return cells.filter { name, _ in
      let number = name.dropLast("_converged".count)
      return name.hasSuffix("_converged") && Double(cells["\(number)_error"] ?? "") != 0
    }
  }

  @Test func longChainIsBelieved() throws {
    let (rows, status) = try analysed(("proposals: 400", "proposals: 2000"))
    #expect(
      marks(rows).allSatisfy { $0.value == "yes" } && marks(rows).count > 10, "\(marks(rows))")
    #expect(!status.contains("not converged"))
  }

  @Test func shortChainIsMarkedInEveryColumn() throws {
    let (rows, status) = try analysed(("proposals: 400", "proposals: 24"))
    #expect(marks(rows).allSatisfy { $0.value == "no" } && marks(rows).count > 10, "\(marks(rows))")
    #expect(status.contains("not converged"))
  }

  /// One shell at a low temperature: the exact test refuses nearly everything. How much is well known,
  /// and so the mark is at the physics alone.
  @Test func chainThatHardlyMovesIsMarked() throws {
    let (rows, _) = try analysed(
      ("temperature: 0.05", "temperature: 0.01"), ("shells: all", "shells: 1"),
      ("proposals: 400", "proposals: 300"))
    #expect(marks(rows)["energy_converged"] == "no", "\(marks(rows))")
    #expect(marks(rows)["staggeredMagnetisation_converged"] == "no", "\(marks(rows))")
    #expect(marks(rows)["acceptance_converged"] == "yes", "\(marks(rows))")
  }

  /// A model travels to other lattices, but not to one that lacks its shells.
  @Test func modelWithoutItsShellsIsRefused() throws {
    let project = try Project()
    try project.write(
      manifest([
        ("needs: {model: model}}", "needs: {model: model}, reads: {system: small}}"),
        (
          "parameters:",
          "parameters:\n  small: {kind: double-exchange, lattice: [2, 2], temperature: 0.05}"
        ),
      ]))
    let outcome = try project.slmc("run", "e.yaml")
    #expect(outcome.code == 1)
    #expect((outcome.output + outcome.errors).contains("a lattice [2, 2] has no shell [2, 0]"))
  }

  @Test func tooMuchDiscardedIsRefused() throws {
    let project = try Project()
    try project.write(manifest([("analysis: {}", "analysis: {discard: 400}")]))
    let outcome = try project.slmc("run", "e.yaml")
    #expect(outcome.code == 1)
    #expect(
      (outcome.output + outcome.errors).contains(
        "analysis.discard is 400, but the chain has 400 rows"))
  }

  @Test func oneRowIsRefused() throws {
    let project = try Project()
    try project.write(manifest([("proposals: 400", "proposals: 1")]))
    let outcome = try project.slmc("run", "e.yaml")
    #expect(outcome.code == 1)
    #expect((outcome.output + outcome.errors).contains("has 1 sample, at least 8 are needed"))
  }
}
