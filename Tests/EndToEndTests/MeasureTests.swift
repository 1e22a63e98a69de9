import FileSystem
import HDF5
import Testing
import Values

/// Stored configurations are measured anew, by any theory.
@Suite struct MeasureTests {
  static func manifest(_ system: String, _ measure: String, exact: String = "") -> String {
    """
    slmc: 1
    experiment: looks
    seed: 5
    stages:
      exact: {kind: exact-samples}
      looked: {kind: measure, needs: {chain: exact}}
      analysis: {kind: analyze-chain, needs: {chain: looked}}
    parameters:
      system: \(system)
      exact: {samples: 64, replicas: 2, thermalisation: 20, stride: 2\(exact)}
      measure: \(measure)
    figures:
      looks: {from: analysis, x: index, y: arrays/NAME}
    """
  }

  private static let rows: [(system: String, measure: String, name: String, entries: Int)] = [
    (
      "{kind: planar-spins, lattice: [6, 4], temperature: 1.1}", "{kind: correlator}",
      "correlator", 4
    ),
    (
      "{kind: scalar-field, lattice: [4, 5], convention: plain, massSquared: 1, lambda: 0.5}",
      "{kind: correlator, axis: 1}", "correlator", 3
    ),
    (
      "{kind: double-exchange, lattice: [2, 4], temperature: 0.3}", "{kind: structure-factor}",
      "structureFactor", 8
    ),
  ]

  @Test(arguments: rows.indices) func arraysOfEveryTheory(_ row: Int) throws {
    let (system, measure, name, entries) = Self.rows[row]
    let project = try Project()
    let text = Self.manifest(system, measure).replacing("NAME", with: name)
    try project.write(text, to: "e.yaml")
    let run = try project.slmc("run", "e.yaml", "--json")
    #expect(run.code == 0, "\(run.errors)")
    let table = try project.slmc("show", "e.yaml", "--array", name, "--tsv")
    #expect(table.code == 0, "\(table.errors)")
    #expect(table.output.split(separator: "\n").count == entries + 1)
    // Another look needs no other chain.
    let again = try project.slmc("run", "e.yaml", "-S", "exact.replica=0", "--json")
    #expect(again.made.isEmpty)
  }

  /// The correlator of the file is that of its configurations.
  @Test func whatIsMeasuredIsWhatIsStored() throws {
    let project = try Project()
    let (system, measure, name, _) = Self.rows[0]
    try project.write(
      Self.manifest(system, measure).replacing("NAME", with: name), to: "e.yaml")
    #expect(try project.slmc("run", "e.yaml").code == 0)
    let jobs = try project.plan()
    func file(_ stage: String) throws -> HDF5File {
      let key = try #require(jobs[stage]?.key)
      return try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    }
    let (chain, looked) = (try file("exact"), try file("looked"))
    #expect(try looked.doubles(at: "/chain/logWeight") == chain.doubles(at: "/chain/logWeight"))
    let spins = try chain.doubles(at: "/chain/spins")
    let correlator = try looked.doubles(at: "/chain/correlator")
    #expect(try looked.shape(of: "/chain/correlator") == [2, 64, 4])
    for row in [0, 63, 127] {
      let first = (0..<24).reduce(0.0) { sum, site in
        let next = site - site % 6 + (site % 6 + 1) % 6
        let (a, b) = (row * 48 + 2 * site, row * 48 + 2 * next)
        return sum + spins[a] * spins[b] + spins[a + 1] * spins[b + 1]
      }
      #expect(abs(correlator[4 * row + 1] - first / 24) < 1e-12)
    }
  }

  @Test func whatCannotBeMeasured() throws {
    let project = try Project()
    let (system, measure, name, _) = Self.rows[0]
    let bare = Self.manifest(system, measure, exact: ", recordSpins: false")
    try project.write(bare.replacing("NAME", with: name), to: "bare.yaml")
    let none = try project.slmc("run", "bare.yaml")
    #expect(none.code != 0 && (none.output + none.errors).contains("holds no configurations"))
    let other = Self.manifest(system, "{kind: structure-factor}")
    try project.write(other.replacing("NAME", with: name), to: "other.yaml")
    let unknown = try project.slmc("plan", "other.yaml")
    #expect(unknown.code == 2 && unknown.errors.contains("must be one of correlator"))
    // The stage's system is not the chain's.
    let apart = Self.manifest(system, measure).replacing("NAME", with: name)
      .replacing("experiment: looks", with: "experiment: apart")
      .replacing(
        "looked: {kind: measure, needs: {chain: exact}}",
        with:
          "looked: {kind: measure, needs: {chain: exact}, reads: {system: hot, measure: measure}}"
      )
      .replacing(
        "  exact: {samples", with: "  hot: \(system.replacing("1.1", with: "2"))\n  exact: {samples"
      )
    try project.write(apart, to: "apart.yaml")
    let wrong = try project.slmc("run", "apart.yaml")
    #expect(wrong.code != 0 && (wrong.output + wrong.errors).contains("another system"))
  }

  /// `plan` tells the couplings in the other conventions, `init` begins with any system that proposes how.
  @Test func conventionsAndStarts() throws {
    let project = try Project()
    let (system, measure, name, _) = Self.rows[1]
    try project.write(
      Self.manifest(system, measure).replacing("NAME", with: name), to: "e.yaml")
    let plan = try project.slmc("plan", "e.yaml")
    #expect(plan.output.contains("kappa: massSquared 1.0, lambda 0.125, kappa 1.0"))
    #expect(plan.output.contains("hopping: lambda"))
    let start = try project.slmc("init", "phi", "--system", "scalar-field")
    #expect(start.code == 0, "\(start.errors)")
    let run = try project.slmc("run", "experiments/phi.yaml")
    #expect(run.code == 0, "\(run.errors)")
    let unknown = try project.slmc("init", "x", "--system", "strings")
    #expect(unknown.code == 2 && unknown.errors.contains("scalar-field"))
  }
}
