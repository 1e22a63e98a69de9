import Diagnostics
import FileSystem
import Manifest
import Pipeline
import ScratchFolders
import Testing
import Theories

/// Inputs from the stages of other experiments.
@Suite struct ForeignStageTests {
  static let models = """
    slmc: 1
    experiment: models
    stages:
      first: {kind: constant, reads: [p]}
      model: {kind: constant, reads: [q], needs: {a: first}}
      unused: {kind: constant, reads: [p]}
    parameters: {p: {x: 1}, q: {depth: 1}}
    sweep: {product: {q.depth: [1, 2.5, 3], p.x: [1, 2]}}
    profiles: {ci: {set: {p.z: 7}}}
    """

  static func user(
    _ need: String = "{experiment: models.yaml, stage: model, at: {q.depth: 2.50}}",
    sweep: String = "{product: {p.x: [2, 1.0]}}", extra: String = ""
  ) -> String {
    """
    slmc: 1
    experiment: user
    stages:
      own: {kind: constant, reads: [p]}
      last: {kind: constant, needs: {b: own, a: \(need)}}
    parameters: {p: {x: 1}}
    sweep: \(sweep)
    profiles: {ci: {set: {p.y: 1}}, wide: {sweep: {product: {p.x: [1]}}}}
    \(extra)
    """
  }

  private func folder(_ user: String, models: String = models) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(models, to: "models.yaml")
    try scratch.write(user, to: "user.yaml")
    return scratch
  }

  private func plan(
    _ scratch: ScratchFolder, _ file: String = "user.yaml", selection: Selection = Selection(),
    profile: String? = nil, settings: [(path: String, value: String)] = []
  ) throws -> Plan {
    try PlanBuilder.build(
      ExperimentReader.read(
        scratch.path / file, overrides: Overrides(profile: profile, settings: settings)),
      registry: .standard, selection: selection)
  }

  private func mistakes(_ user: String, models: String = models) throws -> [String] {
    let scratch = try folder(user, models: models)
    do {
      _ = try plan(scratch)
      return []
    } catch let problems as Diagnostics {
      return problems.inSourceOrder.map { problem in
        let place = problem.location.map { "\($0.line):\($0.column) " } ?? ""
        return place + problem.message + (problem.hint.map { " | \($0)" } ?? "")
      }
    }
  }

  /// Only what is needed, under the keys that the other experiment itself has.
  @Test func needsItsPointsAndSharesItsKeys() throws {
    let scratch = try folder(Self.user())
    let (user, models) = (try plan(scratch), try plan(scratch, "models.yaml"))
    #expect(
      user.jobs.map { user.name(of: $0) } == [
        "models:first[p.x=1]", "models:first[p.x=2]", "models:model[q.depth=2.5 p.x=1]",
        "models:model[q.depth=2.5 p.x=2]", "own[p.x=2]", "own[p.x=1.0]", "last[p.x=2]",
        "last[p.x=1.0]",
      ])
    for (name, key) in user.keys where name.hasPrefix("models:") {
      #expect(models.keys[String(name.dropFirst(7))] == key)
    }
    // Matched by value: 1.0 here is 1 there.
    let last = try #require(user.jobs.last)
    let names = last.inputs.map { user.name(of: user.jobs[Int($0)]) }
    #expect(names == ["models:model[q.depth=2.5 p.x=1]", "own[p.x=1.0]"])
    #expect(user.ownStages.map(\.name) == ["own", "last"])
  }

  /// What is fixed there, is fixed; what nothing chooses needs to be the only one.
  @Test func atOverrulesTheSweepHere() throws {
    let need = "{experiment: models, stage: model, at: {q.depth: 3, p.x: 2}}"
    let user = try plan(try folder(Self.user(need)))
    #expect(user.jobs.count { user.name(of: $0) == "models:model[q.depth=3 p.x=2]" } == 1)
    #expect(user.jobs.count { user.name(of: $0).hasPrefix("models:") } == 2)
    #expect(user.jobs.count { user.name(of: $0).hasPrefix("last") } == 2)
    let first = try plan(try folder(Self.user("{experiment: models, stage: first}")))
    #expect(first.jobs.count { first.name(of: $0).hasPrefix("models:") } == 2)
  }

  /// Only what the selection asks for is asked of the other experiment.
  @Test func selectionsReachTheOther() throws {
    let scratch = try folder(Self.user())
    let own = try plan(scratch, selection: Selection(until: "own"))
    #expect(own.jobs.allSatisfy { !own.stages[$0.stage].isForeign })
    let one = try plan(scratch, selection: Selection(only: [("p.x", "2")]))
    #expect(
      one.jobs.map { one.name(of: $0) } == [
        "models:first[p.x=2]", "models:model[q.depth=2.5 p.x=2]", "own[p.x=2]", "last[p.x=2]",
      ])
  }

  /// -S is for the experiment that the command line names; a profile is for all that have it.
  @Test func settingsStayProfilesGoOn() throws {
    let scratch = try folder(Self.user())
    let plain = try plan(scratch).keys
    let set = try plan(scratch, settings: [("p.y", "5")]).keys
    let wide = try plan(scratch, profile: "wide").keys
    let ci = try plan(scratch, profile: "ci")
    for (name, key) in plain where name.hasPrefix("models:") {
      #expect(set[name] == key)
      #expect(wide[name] == key || name.contains("p.x=2"))
      #expect(ci.keys[name] != key)
    }
    #expect(plain["own[p.x=2]"] != set["own[p.x=2]"])
    let models = try plan(scratch, "models.yaml", profile: "ci")
    #expect(models.keys["first[p.x=1]"] == ci.keys["models:first[p.x=1]"])
    // A profile can also be asked for by name, beside the plain experiment.
    let need = "{experiment: models, stage: first, profile: ci}"
    let named = try plan(try folder(Self.user(need)))
    #expect(named.keys["models(ci):first[p.x=1]"] == models.keys["first[p.x=1]"])
  }

  /// Three experiments in a row, one of them reached by two ways: its jobs are there once.
  @Test func chainsOfExperiments() throws {
    let scratch = try folder(Self.user())
    try scratch.write(
      """
      slmc: 1
      experiment: third
      stages:
        end:
          kind: constant
          needs:
            a: {experiment: user, stage: last, at: {p.x: 1}}
            b: {experiment: models, stage: first, at: {p.x: 1}}
      """, to: "third.yaml")
    let third = try plan(scratch, "third.yaml")
    #expect(
      third.jobs.map { third.name(of: $0) } == [
        "models:first[p.x=1]", "models:model[q.depth=2.5 p.x=1]", "user:own[p.x=1.0]",
        "user:last[p.x=1.0]", "end",
      ])
    for (place, job) in third.jobs.enumerated() {
      #expect(job.inputs.allSatisfy { $0 < place })
    }
  }

  static let rows: [(user: String, models: String, messages: [String])] = [
    (
      user("{experiment: modls.yaml, stage: model}"), models,
      ["5:58 there is no experiment `modls.yaml` | looked for "]
    ),
    (
      user("{experiment: models.yaml, stage: modle}"), models,
      ["5:78 experiment `models` has no stage `modle` | did you mean `model`?"]
    ),
    (
      user("{experiment: models.yaml, stage: model}"), models,
      [
        "5:45 experiment `models` makes `model` at 3 points; choose one with `at` | q.depth is one of 1, 2.5, 3"
      ]
    ),
    (
      user("{experiment: models.yaml, stage: model, at: {q.deph: 1, q.depth: 4}}"), models,
      [
        "5:90 experiment `models` does not sweep `q.deph` | did you mean `q.depth`?",
        "5:110 `q.depth` never is 4 in experiment `models`",
      ]
    ),
    (
      user("{experiment: models.yaml, stage: model, at: 3}"), models,
      ["5:89 `at` must choose values of the other experiment's sweep"]
    ),
    (
      user(sweep: "{product: {p.x: [1, 5]}}"), models,
      ["5:45 experiment `models` has no `model` at p.x = 5 | both sweep it; fix it there with `at`"]
    ),
    (
      user("{experimnt: models.yaml, stage: model}"), models,
      [
        "5:45 `needs.a` needs `experiment`",
        "5:46 unknown key `experimnt` in `needs.a` | did you mean `experiment`?",
      ]
    ),
    (user("[models]"), models, ["5:46 there is no stage `models`"]),
    (
      user("{experiment: models, stage: model, profile: night}"), models,
      ["9:11 there is no profile `night` | valid here: `ci`"]
    ),
    (
      user("{experiment: user.yaml, stage: own}"), models,
      [
        "5:58 the experiments need each other in a circle: user.yaml -> user.yaml | for a stage of this "
      ]
    ),
    (
      user(),
      models.replacing(
        "needs: {a: first}", with: "needs: {a: {experiment: user.yaml, stage: own}}"),
      ["5:63 the experiments need each other in a circle: user.yaml -> models.yaml -> user.yaml"]
    ),
    (
      user(), models.replacing("kind: constant, reads: [q]", with: "kind: constnt, reads: [q]"),
      ["5:17 unknown stage kind `constnt` | did you mean `constant`?"]
    ),
    (
      user().replacing("last: {kind: constant", with: "last: {kind: analyze-chain"), models,
      ["5:50 stage kind `analyze-chain` has no input `a` | "]
    ),
  ]

  @Test(arguments: rows.indices) func refused(_ row: Int) throws {
    let found = try mistakes(Self.rows[row].user, models: Self.rows[row].models)
    for message in Self.rows[row].messages {
      #expect(found.contains { $0.hasPrefix(message) }, "\(message)\nis not in\n\(found)")
    }
  }
}
