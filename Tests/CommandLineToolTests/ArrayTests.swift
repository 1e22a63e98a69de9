import FileSystem
import Foundation
import HDF5
import Testing
import Values

/// The structure factor of a chain in tables, figures, the gate and `diff`.
@Suite struct ArrayTests {
  private static func manifest(_ more: String = "", seed: Int = 3) -> String {
    """
    slmc: 1
    experiment: a
    seed: \(seed)
    stages:
      exact: {kind: exact-samples}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 3], temperature: 0.5}
      exact: {samples: 300, replicas: 2, thermalisation: 20, stride: 2, recordStructureFactor: true, recordSpins: false}
      analysis: {arrays: [structureFactor]}
    sweep: {product: {system.temperature: [0.5, 1]}}
    \(more)

    """
  }

  private func desk(_ more: String = "", seed: Int = 3) throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.manifest(more, seed: seed), to: "e.yaml")
    let run = try desk.slmc("run", "e.yaml", "--quiet")
    try #require(run.code == 0, "\(run.errors)")
    return desk
  }

  private func rows(_ answer: Answer) throws -> [Value] {
    try #require(answer.code == 0, "\(answer.errors)")
    return try answer.json["rows"]?.list ?? []
  }

  /// S(0) = N M^2 with the same error and tau; S adds up to N, so nothing is left of the covariance
  /// when it is summed.
  @Test func entriesAgreeWithTheNumbersThatTheyAre() throws {
    let desk = try desk()
    let shown = try rows(
      desk.slmc(
        "show", "e.yaml", "--stage", "analysis", "--json", "--columns",
        "structureFactor[0],structureFactor[2][1],magnetisationSquared"))
    try #require(shown.count == 2)
    for row in shown {
      let (s, m) = (row["structureFactor[0]"], row["magnetisationSquared"])
      for (name, factor) in [("value", 6.0), ("error", 6), ("tau", 1)] {
        let (found, due) = (s?[name]?.number ?? -1, factor * (m?[name]?.number ?? 0))
        #expect(abs(found - due) < 1e-9 * due, "\(name): \(found), \(due)")
      }
      #expect(row["structureFactor[2][1]"]?["value"]?.number ?? 0 > 0)
    }
    let key = try desk.key("analysis[system.temperature=1]")
    let file = try HDF5File(opening: "\(desk.artifact(key))/data.h5")
    #expect(try file.shape(of: "/arrays/structureFactor") == [3, 2])
    let means = try file.doubles(at: "/arrays/structureFactor")
    #expect(abs(means.reduce(0, +) - 6) < 1e-9)
    let covariance = try file.doubles(at: "/arrays/structureFactor.covariance")
    let errors = try file.doubles(at: "/arrays/structureFactor.error")
    for i in 0..<6 { #expect(abs(covariance[7 * i] / (errors[i] * errors[i]) - 1) < 1e-12) }
    // The scales are those of the single errors, so the sum rule holds to their own uncertainty.
    #expect(abs(covariance.reduce(0, +)) < 0.2 * errors.reduce(0) { $0 + $1 * $1 })
    #expect(try file.doubleAttribute("blocks", of: "/arrays/structureFactor") >= 20)
  }

  @Test func aTallTableHasARowForEveryEntry() throws {
    let desk = try desk(
      """
      tables:
        tall: {from: analysis, array: structureFactor, columns: [system.temperature, index0, structureFactor], where: {system.temperature: 1}}
        some: {from: analysis, columns: [system.temperature, "structureFactor[1][0]", "structureFactor[1][0].tau"]}
      """)
    let all = try rows(
      desk.slmc("show", "e.yaml", "--stage", "analysis", "--array", "structureFactor", "--json"))
    #expect(all.count == 12)
    #expect(all[3]["index0"] == .integer(1) && all[3]["index1"] == .integer(1))
    #expect(all[3]["structureFactor"]?["error"]?.number ?? 0 > 0)
    let tall = try desk.slmc("show", "e.yaml", "--table", "tall", "--tsv")
    #expect(tall.output.split(separator: "\n").count == 7, "\(tall.output)\(tall.errors)")
    #expect(try desk.slmc("figures", "e.yaml").code == 0)
    for name in ["tall", "some"] {
      #expect((desk.folder / "results/a/\(name).tex").exists, "\(name)")
    }
    let some = try Value(json: try (desk.folder / "results/a/some.json").readText())
    #expect(some["rows"]?.list?.first?["structureFactor[1][0].tau"]?["value"]?.number ?? 0 > 0)
    let none = try desk.slmc("show", "e.yaml", "--array", "structureFacto")
    #expect(none.code == 2 && none.errors.contains("did you mean `structureFactor`?"))
  }

  @Test func aFigureDrawsAnArrayWithItsErrors() throws {
    let desk = try desk(
      """
      figures:
        s: {from: analysis, x: index, y: "arrays/structureFactor[1]", group: system.temperature}
        whole: {from: analysis, x: index, y: arrays/structureFactor}
      """)
    let answer = try desk.slmc("figures", "e.yaml")
    #expect(answer.code == 1)
    #expect(
      answer.errors.contains(
        "arrays/structureFactor has the shape [3, 2]; only lists can be drawn; one list of it is "
          + "arrays/structureFactor[INDEX]"), "\(answer.errors)")
    let lines = try (desk.folder / "results/a/s.dat").readText().split(separator: "\n")
    let points = lines.filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
    #expect(points.count == 4)
    let row = try #require(
      rows(
        desk.slmc(
          "show", "e.yaml", "--stage", "analysis", "--columns", "structureFactor[1][0]", "--json")
      ).first?["structureFactor[1][0]"])
    let numbers = points.first?.compactMap { Double($0) } ?? []
    #expect(numbers.contains(row["value"]?.number ?? -1), "\(points)")
    #expect(numbers.contains(row["error"]?.number ?? -1))
    #expect(try (desk.folder / "results/a/s.gp").readText().contains("set xlabel \"index\""))
  }

  /// An entry that moved is found among all others; `resolution` of the array is that of each entry.
  @Test func theGateHoldsEveryEntry() throws {
    let desk = try desk("baseline: results/a/baseline.json\ngate: {bits: false}")
    #expect(try desk.slmc("check", "e.yaml", "--update").code == 0)
    #expect(try desk.slmc("check", "e.yaml").code == 0)
    let file = desk.folder / "results/a/baseline.json"
    let text = try file.readText()
    let line = try #require(
      text.split(separator: "\n").first { $0.contains("\"structureFactor[2][0]\"") })
    let value = try #require(line.split(separator: "[").last?.split(separator: ",").first)
    try file.write(text.replacing(line, with: line.replacing(value, with: "9.5")))
    let moved = try desk.slmc("check", "e.yaml")
    #expect(moved.code == 4)
    #expect(moved.output.contains("structureFactor[2][0]"), "\(moved.output)")
    try file.write(text.replacing(line, with: line.replacing(value, with: value.prefix(6))))
    try desk.write(
      Self.manifest(
        "baseline: results/a/baseline.json\ngate: {bits: false, resolution: {structureFactor: 1e-9}}"
      ),
      to: "e.yaml")
    #expect(try desk.slmc("check", "e.yaml").code == 5)
  }

  @Test func diffComparesEntries() throws {
    let desk = try desk()
    let other = Self.manifest(seed: 4).replacing("experiment: a", with: "experiment: b")
    try desk.write(other, to: "f.yaml")
    #expect(try desk.slmc("run", "f.yaml", "--quiet").code == 0)
    let answer = try desk.slmc("diff", "e.yaml#analysis", "f.yaml#analysis", "--json")
    let names = try answer.json["jobs"]?.list?.first?["results"]?.list?.compactMap {
      $0["name"]?.text
    }
    #expect(names?.contains("structureFactor[2][1]") == true, "\(answer.output)")
  }

  /// The field at its default is no part of a key, and names of entries are known before the run.
  @Test func thePlanKnowsWhatIsAskedFor() throws {
    let desk = try Desk()
    let text = Self.manifest().replacing("arrays: [structureFactor]", with: "discard: 0")
    try desk.write(text, to: "e.yaml")
    let keys = try desk.keys()
    try desk.write(text.replacing("discard: 0", with: "arrays: auto"), to: "e.yaml")
    #expect(try desk.keys() == keys)
    let figures = "figures: {f: {from: analysis, x: system.temperature, y: \"structureFactor[3]\"}}"
    try desk.write(Self.manifest(figures), to: "e.yaml")
    #expect(try desk.slmc("plan", "e.yaml").code == 0)
    try desk.write(text + figures, to: "e.yaml")
    let answer = try desk.slmc("plan", "e.yaml")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("`analysis` has no column `structureFactor[]`"))
  }

  @Test func anArrayThatIsNotRecordedIsSaid() throws {
    let desk = try Desk()
    try desk.write(
      Self.manifest().replacing("recordStructureFactor: true, ", with: ""), to: "e.yaml")
    let answer = try desk.slmc("run", "e.yaml")
    #expect(answer.code == 1)
    let said = answer.output + answer.errors
    #expect(said.contains("the chain records no array `structureFactor`; it has none"), "\(said)")
  }
}
