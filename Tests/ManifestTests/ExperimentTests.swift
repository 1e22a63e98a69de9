import Diagnostics
import FileSystem
import Manifest
import ScratchFolders
import Testing
import YAML

@Suite struct ExperimentTests {
  @Test func allMistakesOfAFileAtOnce() throws {
    let text = """
      slmc: 2
      experimnt: tiny
      seed: -1
      stages:
        a: {kind: constant, read: [p]}
        b: {needs: {x: a}}
      """
    #expect(
      try mistakes(in: text).map { $0.split(separator: " |")[0] } == [
        "1:1 the file needs `experiment`: the experiment's name, which no other manifest of the project has; "
          + "results go to results/NAME, those of a profile P to results/NAME/P (text)",
        "1:7 `slmc` is `2`, but must be 1",
        "2:1 unknown key `experimnt`",
        "3:7 `seed` is `-1`, but must be an integer, at least 0",
        "5:23 unknown key `read` in stage `a`",
        "6:6 stage `b` needs a `kind`, as in {kind: exact-samples}",
      ])
  }

  @Test func aMissingFileIsNamed() throws {
    let scratch = try ScratchFolder()
    let error = #expect(throws: Diagnostics.self) {
      try ExperimentReader.read(scratch.path / "none.yaml")
    }
    #expect(error?.found.first?.message.contains("none.yaml") == true)
  }

  @Test func aPipelineIsFoundBesideTheExperiments() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "slmc: 1\npipeline: two\nstages: {a: {kind: constant}, b: {kind: constant, needs: {x: a}}}\n",
      to: "pipelines/two.yaml")
    let file = try scratch.write(
      "slmc: 1\nexperiment: e\npipeline: two\n", to: "experiments/e.yaml")
    let experiment = try ExperimentReader.read(file)
    #expect(experiment.pipeline.stages.map(\.name) == ["a", "b"])
    #expect(experiment.projectFolder == scratch.path)
    #expect(experiment.resultsFolder == scratch.path / "results/e")
    let namesake = try scratch.write(
      "slmc: 1\nexperiment: e\npipeline: two\n", to: "experiments/two.yaml")
    #expect(try ExperimentReader.read(namesake).pipeline.stages.map(\.name) == ["a", "b"])
    let other = try scratch.write(
      "slmc: 1\nexperiment: e\npipeline: tow\n", to: "experiments/f.yaml")
    let error = #expect(throws: Diagnostics.self) { try ExperimentReader.read(other) }
    #expect(error?.found.first.map(describe)?.hasPrefix("3:11 there is no pipeline `tow`") == true)
  }

  @Test func profilesAndSettingsReplaceBaseValuesAndAxes() throws {
    let text = manifest(
      sweep: "{product: {p.x: [1, 2], p.y: [3, 4]}}",
      extra: "profiles: {ci: {set: {p.x: 9, seed: 5}}, one: {sweep: {product: {p.x: [7]}}}}")
    let ci = try read(text, overrides: Overrides(profile: "ci"))
    #expect(ci.points == ["p.y=3", "p.y=4"] && ci.seed == 5)
    #expect(ci.parameters["p"]?["x"]?.text == "9")
    #expect(try read(text, overrides: Overrides(profile: "one")).points == ["p.x=7"])
    let set = try read(text, overrides: Overrides(settings: [("p.y", "[1, 2]"), ("p.z.w", "x")]))
    #expect(set.points == ["p.x=1", "p.x=2"])
    #expect(set.parameters["p"]?["y"]?.elements?.count == 2)
    #expect(set.parameters["p"]?["z"]?["w"]?.text == "x")
    #expect(
      try mistakes(in: text, overrides: Overrides(profile: "cj"))
        == ["6:11 there is no profile `cj` | did you mean `ci`?"])
  }

  /// Random changes to a manifest give an experiment or located mistakes, never a crash.
  @Test func fuzz() throws {
    let whole = """
      slmc: 1
      experiment: tiny
      description: "words: and 'quotes'"
      seed: 3
      stages:
        a: {kind: constant, reads: {p: p, r: q}}
        b: {kind: constant, needs: {x: a}, reads: {p: q}, with: {z: [1, 2e3]}}
      parameters:
        p: &anchor {x: 1, y: [1.5, no, ~]}
        q: *anchor
      sweep:
        product: {p.x: [1, 2], p.y: {linspace: {from: 0, to: 1, count: 3}}}
        zip: {q.a: {range: {from: 1, to: 5, step: 2}}, q.b: [a, b, c]}
        exclude: [{p.x: 1, q.b: c}]
        include: [{p.x: 4}]
      figures: {f: {from: a, x: p.x, y: y, references: [{value: 1, label: l}]}}
      profiles: {ci: {set: {p.x: 3}, sweep: {include: [{p.x: 2}]}}}
      """
    let scratch = try ScratchFolder()
    let file = scratch.path / "exp.yaml"
    let pieces = [
      "{", "}", "[", "]", ":", ": ", "- ", "\n", "  ", "\t", "&a ", "*a", "!t ", "'", "\"",
      "#", "|", ">", "1e999", "-", "p.x", "..", "~", "999999999999999999999", "\u{e9}", "\u{0}",
      "? ",
    ]
    var state: UInt64 = 7
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var accepted = 0
    for _ in 0..<1500 {
      var bytes = Array(whole.utf8)
      for _ in 0...below(3) {
        let place = below(bytes.count)
        switch below(4) {
        case 0: bytes.remove(at: place)
        case 1: bytes.replaceSubrange(place..<place, with: pieces[below(pieces.count)].utf8)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + below(40)))
        default: bytes[place] = UInt8(below(256))
        }
      }
      try file.write(bytes)
      do {
        let experiment = try ExperimentReader.read(
          file, overrides: Overrides(profile: below(2) == 0 ? "ci" : nil))
        accepted += experiment.problems.hasErrors ? 0 : 1
      } catch {
        #expect(error.hasErrors)
      }
    }
    #expect(accepted > 50)
  }
}
