import ContentHash
import Diagnostics
import Manifest
import Pipeline
import ScratchFolders
import Stages
import Testing
import Values

/// Inputs that take every artifact along a swept parameter.
@Suite struct FanInTests {
  private static func text(
    _ need: String = "{stage: a, over: p.x}",
    sweep: String = "{product: {p.x: [1, 2, 3], q.y: [5, 6]}}",
    extra: String = ""
  ) -> String {
    """
    slmc: 1
    experiment: e
    stages:
      a: {kind: constant, reads: [p]}
      b: {kind: constant, reads: [q], needs: {all: \(need)}}
    parameters: {p: {x: 0}, q: {y: 0, z: 7}}
    sweep: \(sweep)
    \(extra)
    """
  }

  /// The inputs of each job of `b` by slot, as the names of their jobs.
  private func inputs(_ plan: Plan) -> [String: [String: String]] {
    let found = plan.jobs.filter { plan.stages[$0.stage].name == "b" }.map { job in
      (
        plan.name(of: job),
        Dictionary(
          plan.inputs(of: job).map { ($0.slot, plan.name(of: plan.jobs[$0.job])) }
        ) { first, _ in first }
      )
    }
    return Dictionary(found) { first, _ in first }
  }

  private static let three = [
    "all.001": "a[p.x=1]", "all.002": "a[p.x=2]", "all.003": "a[p.x=3]",
  ]

  @Test func oneJobForEachCombinationOfTheOthers() throws {
    let plan = try plan(Self.text())
    #expect(plan.jobs.count == 5)
    #expect(inputs(plan) == ["b[q.y=5]": Self.three, "b[q.y=6]": Self.three])
    #expect(plan.stages.last?.inputs.map(\.slot) == ["all"])
  }

  /// Of a parameter that the inputs differ in the job has no value; of one that they share it has.
  @Test func parametersOfTheInputs() throws {
    let plan = try plan(Self.text(extra: "").replacing("p: {x: 0}", with: "p: {x: 0, same: 4}"))
    let job = try #require(plan.jobs.last)
    #expect(plan.parameter("p.x", of: job) == nil)
    #expect(plan.parameter("p.same", of: job) == .integer(4))
  }

  /// The order of the axis is the order of the inputs, and part of the key.
  @Test func theOrderIsThatOfTheAxis() throws {
    let sweep = "{product: {p.x: [3, 1, 2]}}"
    let other = try plan(Self.text(sweep: sweep))
    #expect(
      inputs(other)["b"] == ["all.001": "a[p.x=3]", "all.002": "a[p.x=1]", "all.003": "a[p.x=2]"])
    let ascending = try plan(Self.text(sweep: "{product: {p.x: [1, 2, 3]}}"))
    #expect(other.keys["a[p.x=2]"] == ascending.keys["a[p.x=2]"])
    #expect(other.keys["b"] != ascending.keys["b"])
  }

  /// A choice of points changes no value: all along the axis is needed whichever is chosen.
  @Test func aChoiceOfPointsTakesAllAlongTheAxis() throws {
    let whole = try plan(Self.text())
    let part = try plan(
      Self.text(), selection: Selection(only: [("p.x", "2"), ("q.y", "5")]))
    #expect(inputs(part) == ["b[q.y=5]": Self.three])
    #expect(part.keys["b[q.y=5]"] == whole.keys["b[q.y=5]"])
    #expect(part.jobs.count == 4)
  }

  /// Points may be missing along an axis, and an axis may advance with another.
  @Test func sweepsThatAreNoGrid() throws {
    let excluded = try plan(
      Self.text(
        "{stage: a, over: p.x}",
        sweep: "{product: {p.x: [1, 2, 3], p.y: [5, 6]}, exclude: [{p.x: 2, p.y: 6}]}"
      ).replacing("reads: [q]", with: "reads: []").replacing(", q: {y: 0, z: 7}", with: "")
        .replacing("x: 0", with: "x: 0, y: 0"))
    let counts = inputs(excluded).mapValues(\.count)
    #expect(counts == ["b[p.y=5]": 3, "b[p.y=6]": 2])
    let zipped = try plan(Self.text(sweep: "{zip: {p.x: [1, 2, 3], q.y: [5, 6, 6]}}"))
    #expect(inputs(zipped) == ["b[q.y=5]": Self.three, "b[q.y=6]": Self.three])
  }

  @Test func severalAxes() throws {
    let both = try plan(
      Self.text(
        "{stage: a, over: [p.y, p.x]}", sweep: "{product: {p.x: [1, 2], p.y: [5, 6]}}"
      ).replacing("x: 0", with: "x: 0, y: 0"))
    #expect(
      inputs(both) == [
        "b": [
          "all.001": "a[p.x=1 p.y=5]", "all.002": "a[p.x=2 p.y=5]", "all.003": "a[p.x=1 p.y=6]",
          "all.004": "a[p.x=2 p.y=6]",
        ]
      ])
  }

  /// `-S` on the axis leaves a list of one.
  @Test func aFixedAxisIsAListOfOne() throws {
    let fixed = try plan(
      Self.text(), overrides: Overrides(profile: nil, settings: [("p.x", "2")]))
    #expect(inputs(fixed)["b[q.y=5]"] == ["all.001": "a"])
  }

  @Test func besideOtherStagesOfAList() throws {
    let mixed = try plan(Self.text("[{stage: a, over: p.x}, a]", sweep: "{product: {p.x: [1, 2]}}"))
    #expect(
      inputs(mixed)["b[p.x=2]"] == [
        "all.001.001": "a[p.x=1]", "all.001.002": "a[p.x=2]", "all.002": "a[p.x=2]",
      ])
  }

  static let mistaken: [(String, [String])] = [
    (
      text("{stage: a, over: p.w}"),
      ["5:65 `over` names `p.w`, which is not swept | did you mean `p.x`?"]
    ),
    (
      text("{stage: a, over: q.y}"),
      [
        "5:65 stage `a` does not depend on `q.y`: there is nothing to take together | it depends on `p.x`"
      ]
    ),
    (text("{stage: c, over: p.x}"), ["5:56 there is no stage `c` | valid here: `a`, `b`"]),
    (text("{stage: a}"), ["5:48 `needs.all` needs `over`"]),
    (text("{over: p.x}"), ["5:48 `needs.all` needs `stage`"]),
    (
      text("{stage: a, over: p.x, at: {}}"), ["5:70 unknown key `at` in `needs.all`"]
    ),
    (
      """
      slmc: 1
      experiment: e
      stages:
        exact: {kind: exact-samples}
        analysis: {kind: analyze-chain, needs: {chain: {stage: exact, over: exact.samples}}}
      parameters: {system: {kind: scalar-field, lattice: [2], massSquared: 1, lambda: 0}, exact: {samples: 8}}
      sweep: {product: {exact.samples: [8, 9]}}
      """, ["5:58 input `chain` takes one artifact, not all those along `over`"]
    ),
  ]

  @Test(arguments: mistaken.indices) func mistake(_ row: Int) throws {
    let (text, due) = Self.mistaken[row]
    let found = try mistakes(text)
    #expect(found.count == due.count, "\(found)")
    for (message, beginning) in zip(found, due) {
      #expect(message.hasPrefix(beginning), "\(found)")
    }
  }
}
