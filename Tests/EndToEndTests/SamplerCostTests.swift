import FileSystem
import Foundation
import HDF5
import Testing
import Values

/// What an independent sample costs: counted work, measured times, and how they reach tables.
@Suite struct SamplerCostTests {
  static let manifest = """
    slmc: 1
    experiment: costs
    seed: 3
    stages:
      naiveChain: {kind: exact-samples, reads: {system: system, exact: naive}}
      exact: {kind: exact-samples}
      model: {kind: train-model, needs: {samples: exact}}
      chain: {kind: self-learning-chain, needs: {model: model}}
      naive: {kind: analyze-chain, needs: {chain: naiveChain}}
      analysis: {kind: analyze-chain, needs: {chain: chain}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], temperature: 0.5}
      naive: {method: naive, samples: 400, replicas: 2, thermalisation: 5, stride: 2}
      exact: {samples: 60, replicas: 4, thermalisation: 5}
      model: {kind: linear, shells: 1}
      chain: {proposals: 600, replicas: 2, innerSweeps: 3}
    sweep: {zip: {model: [{kind: linear, shells: 1}, {kind: linear, shells: 2}]}}
    figures:
      cost: {from: [naive, analysis], x: sites, y: energy.cost, group: model}
    """

  @Test func costsOfOneRun() throws {
    let project = try Project()
    try project.write(Self.manifest)
    let outcome = try project.run("--jobs", "1")
    #expect(outcome.code == 0, "\(outcome.errors)")
    try costsFollowFromTauAndTheRow(project)
    try tablesShowCostsOnDemand(project)
    try samplersSideBySide(project)
  }

  private func table(_ project: Project, _ words: String...) throws -> [[String: String]] {
    let outcome = try project.start(words).collect()
    #expect(outcome.code == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let names = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  private func number(_ row: [String: String], _ name: String) throws -> Double {
    try #require(Double(row[name] ?? ""), "\(name)")
  }

  private func costsFollowFromTauAndTheRow(_ project: Project) throws {
    let naive = try #require(
      try table(project, "show", "e.yaml", "--stage", "naive", "--costs", "--tsv").first)
    let chain = try #require(
      try table(project, "show", "e.yaml", "--stage", "analysis", "--costs", "--tsv").first)
    for row in [naive, chain] {
      let tau = try number(row, "magnetisation.tau")
      let cost = try number(row, "magnetisation.cost")
      #expect(abs(cost / (2 * tau * (try number(row, "rowTime"))) - 1) < 1e-12)
      let measuring = try number(row, "measurementShare")
      let bare = try number(row, "magnetisation.costWithoutMeasuring")
      #expect(measuring > 0 && abs(bare / (cost * (1 - measuring)) - 1) < 1e-9)
      #expect(abs(cost * (try number(row, "magnetisation.rate")) - 1) < 1e-12)
      let shares = try ["inner", "exact", "measurement", "rest"].map {
        try number(row, $0 + "Share")
      }
      #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
      #expect(shares.allSatisfy { $0 >= 0 })
      #expect(try number(row, "sites") == 4)
    }
    // Two sweeps of four sites, a diagonalisation each.
    let tau = try number(naive, "magnetisation.tau")
    #expect(abs(try number(naive, "magnetisation.evaluations") / (2 * tau * 8) - 1) < 1e-12)
    #expect(try number(naive, "innerShare") == 0)
    #expect(naive["trainingTime"] == nil)
    // At most one exact weight for a proposal of three inner steps.
    let slow = try number(chain, "magnetisation.tau")
    #expect(try number(chain, "magnetisation.evaluations") <= 2 * slow)
    #expect(abs(try number(chain, "magnetisation.innerSteps") / (2 * slow * 3) - 1) < 1e-12)
    #expect(try number(chain, "trainingTime") > 0)
    #expect(
      try number(chain, "magnetisation.amortisedCost") > number(chain, "magnetisation.cost"))
  }

  /// Measured times differ from run to run: they are shown where a figure draws them, or on demand.
  private func tablesShowCostsOnDemand(_ project: Project) throws {
    let plain = try #require(
      try table(project, "show", "e.yaml", "--stage", "naive", "--tsv").first)
    #expect(plain["energy.cost"] != nil && plain["magnetisation.cost"] == nil)
    #expect(plain["rowTime"] == nil)
  }

  private func samplersSideBySide(_ project: Project) throws {
    let rows = try table(project, "compare-samplers", "e.yaml", "--tsv")
    #expect(rows.map { $0["sampler"] } == ["naive", "linear, shells 1", "linear, shells 2"])
    #expect(rows[0]["energy.gain"] == "")
    let gain = try number(rows[0], "energy.cost") / number(rows[1], "energy.cost")
    #expect(abs(try number(rows[1], "energy.gain") / gain - 1) < 1e-12)
    let bare = try rows.map { try number($0, "energy.costWithoutMeasuring") }
    #expect(try number(rows[0], "energy.cost") > bare[0])
    #expect(abs(try number(rows[1], "energy.bareGain") / (bare[0] / bare[1]) - 1) < 1e-12)
    #expect(rows[0]["energy.breakEven"] == "" && rows[1]["energy.breakEven"] != "")
    // A terminal has room for what was asked: names, costs, gains.
    let shown = try project.slmc("compare-samplers", "e.yaml").output
    #expect(shown.contains("gain") && shown.contains("[ms]"))
    #expect(shown.contains("the same without the rows' measurements\n"))
    #expect(!shown.contains("not shown for want of width") && !shown.contains("breakEven"))
  }

  /// Samples that were extended took as long as all of their rows, not as long as the last job.
  @Test func trainingCountsEveryRowOfExtendedSamples() throws {
    let project = try Project()
    try project.write(Self.manifest)
    try #require(try project.run("--until", "exact").code == 0)
    // Two rows more, in a job that hardly takes time.
    try project.write(Self.manifest.replacing("exact: {samples: 60", with: "exact: {samples: 62"))
    let outcome = try project.run("--jobs", "1")
    try #require(outcome.code == 0, "\(outcome.errors)")
    let row = try #require(
      try table(project, "show", "e.yaml", "--stage", "analysis", "--costs", "--tsv").first)
    let key = try #require(try project.plan()["exact"]?.key)
    let samples = try HDF5File(opening: (project.artifact(key) / "data.h5").description)
    let rows = try ["inner", "exact", "measurement", "rest"].reduce(0.0) {
      try $0 + samples.doubles(at: "/timing/\($1)CPUTime").reduce(0, +)
    }
    #expect(rows > 0)
    #expect(try number(row, "trainingTime") >= rows)
  }

  /// Times are those of the artifacts that are there: what is made again under its old key, with equal
  /// content and other times, changes them, though no analysis runs again.
  @Test func timesFollowWhatIsMadeAgain() throws {
    let project = try Project()
    try project.write(Self.manifest)
    try #require(try project.run("--jobs", "1").code == 0)
    let before = try project.plan().filter { $0.key.hasPrefix("analysis") }.mapValues(\.key)
    for job in ["exact", "chain[model={kind: linear, shells: 1}]"] {
      let key = try #require(try project.plan()[job]?.key, "\(job)")
      try project.artifact(key).setMode(0o755)
      try project.artifact(key).removeTree()
    }
    let again = try project.run("--jobs", "1")
    try #require(again.code == 0, "\(again.errors)")
    #expect(!again.made.contains { $0.hasPrefix("analysis") }, "\(again.made)")
    #expect(try project.plan().filter { $0.key.hasPrefix("analysis") }.mapValues(\.key) == before)
    let row = try #require(
      try table(project, "show", "e.yaml", "--stage", "analysis", "--costs", "--tsv").first)
    let jobs = ["exact", "model[model={kind: linear, shells: 1}]"]
    let spent = try jobs.map { job in
      let key = try #require(try project.plan()[job]?.key)
      let file = project.artifact(key) / "data.h5"
      let data = try HDF5File(opening: file.description)
      let rows = try ["inner", "exact", "measurement", "rest"].reduce(0.0) {
        try $0
          + (data.exists("/timing/\($1)CPUTime")
            ? data.doubles(at: "/timing/\($1)CPUTime").reduce(0, +) : 0)
      }
      let metadata = try project.metadata(job)
      return max(metadata["provenance"]?["cpuSeconds"]?.number ?? 0, rows)
    }
    #expect(try number(row, "trainingTime") == spent.reduce(0, +))
    let chain = try #require(try project.plan()["chain[model={kind: linear, shells: 1}]"]?.key)
    let data = try HDF5File(opening: (project.artifact(chain) / "data.h5").description)
    let total = try ["inner", "exact", "measurement", "rest"].reduce(0.0) {
      try $0 + data.doubles(at: "/timing/\($1)CPUTime").reduce(0, +)
    }
    #expect(abs(try number(row, "rowTime") / (total / 1200) - 1) < 1e-9)
    // Nothing of it lies in the analysis, where it could grow old.
    let analysis = try #require(before.values.first)
    let kept = try HDF5File(opening: (project.artifact(analysis) / "data.h5").description)
    #expect(try !kept.exists("/timing"))
  }

  @Test func manifestWithoutCostsIsTold() throws {
    let project = try Project()
    try project.write(InvarianceTests.manifest)
    let outcome = try project.slmc("compare-samplers", "e.yaml")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("no figure of e.yaml draws the cost"))
  }
}
