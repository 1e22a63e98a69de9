import Pipeline
import Testing

/// What a plan refuses, and the words it uses.
@Suite struct PlanErrorTests {
  private static func text(_ stages: String, parameters: String = "{p: {x: 1}}", extra: String = "")
    -> String
  {
    "slmc: 1\nexperiment: e\nstages:\n  \(stages)\nparameters: \(parameters)\n\(extra)"
  }

  static let system =
    "{kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 1}"

  static let rows: [(text: String, messages: [String])] = [
    (
      text("a: {kind: constnt, reads: [p]}"),
      ["4:13 unknown stage kind `constnt` | did you mean `constant`?"]
    ),
    (
      text("a: {kind: constant, reads: [p, {q: r}]}"),
      [
        "4:34 `reads` of stage `a` takes names of parameter groups here | "
          + "a group that is read under another name is {ROLE: GROUP}, without a list around it"
      ]
    ),
    (
      text("a: {kind: constant, needs: {x: b}}\n  b: {kind: constant, needs: {x: a}, reads: [p]}"),
      ["4:3 the stages need each other in a circle: a -> b -> a"]
    ),
    (
      text("a: {kind: constant, needs: {x: a}, reads: [p]}"),
      ["4:3 the stages need each other in a circle: a -> a"]
    ),
    (
      text("first: {kind: constant, reads: [p]}\n  b: {kind: constant, needs: {x: fist}}"),
      ["5:34 there is no stage `fist` | did you mean `first`?"]
    ),
    (
      text("b: {kind: analyze-chain}", parameters: "{}"),
      ["4:3 stage `b` needs `chain`: the chain to analyse | write needs: {chain: STAGE}"]
    ),
    (
      text("a: {kind: constant, reads: [p]}\n  b: {kind: analyze-chain, needs: {chain: a}}"),
      [
        "5:43 input `chain` takes exact-samples or self-learning-chain or measure, but stage `a` is constant"
      ]
    ),
    (
      text("a: {kind: constant, reads: [p]}\n  b: {kind: analyze-chain, needs: {chian: a}}"),
      ["5:3 stage `b` needs `chain`", "5:43 stage kind `analyze-chain` has no input `chian`"]
    ),
    (
      text(
        "a: {kind: exact-samples, reads: [system, exat]}",
        parameters: "{system: \(system), exact: {samples: 1}}"),
      ["4:44 stage kind `exact-samples` does not read `exat` | did you mean `exact`?"]
    ),
    (
      text(
        "a: {kind: exact-samples, with: {samples: 3}}",
        parameters: "{system: \(system), exact: {samples: 1}}"),
      ["4:34 stage kind `exact-samples` takes no parameters in `with`"]
    ),
    (
      text("a: {kind: constant, reads: [p]}", parameters: "{p: {x: 1}, q: {y: 2}}"),
      ["5:28 no stage reads the parameters `q`"]
    ),
    (
      text("a: {kind: constant, reads: [p]}", extra: "sweep: {product: {q.x: [1]}}"),
      ["6:25 no stage reads `q`, so sweeping `q.x` changes nothing"]
    ),
    (
      text("a: {kind: exact-samples}", parameters: "{system: \(system), exact: {smples: 1}}"),
      [
        "5:134 `exact` needs `samples`",
        "5:135 unknown key `smples` in `exact` | did you mean `samples`?",
      ]
    ),
    (
      text(
        "a: {kind: exact-samples}\n  b: {kind: exact-samples}",
        parameters: "{system: \(system), exact: {samples: 1}}"),
      ["stages `a` and `b` would draw the same random numbers"]
    ),
    (
      text(
        "a: {kind: command, with: {run: [\"true\"], files: [none.py], outputs: [o]}}",
        parameters: "{}"),
      ["4:52 cannot use the file `none.py`: No such file or directory"]
    ),
    (
      text("a: {kind: command, with: {run: [], outputs: [o, o, a/b]}}", parameters: "{}"),
      ["4:34 `with.run` is a list of 0, but must be a list of at least 1 texts"]
    ),
    (
      text("a: {kind: command, with: {run: [x], outputs: [o, o, a/b]}}", parameters: "{}"),
      [
        "4:3 stage `a`: the output `o` is named twice",
        "4:3 stage `a`: the output `a/b` must be the name of a file in the working folder",
      ]
    ),
  ]

  @Test(arguments: rows.indices) func refused(_ row: Int) throws {
    let found = try mistakes(Self.rows[row].text)
    #expect(!found.isEmpty)
    for message in Self.rows[row].messages {
      #expect(found.contains { $0.hasPrefix(message) }, "\(message)\nis not in\n\(found)")
    }
  }

  @Test func selectionsThatNameNothing() throws {
    let text = Self.text(
      "a: {kind: constant, reads: [p]}", extra: "sweep: {product: {p.x: [1, 2]}}")
    #expect(
      try mistakes(text, selection: Selection(until: "b")).first?.hasPrefix("there is no stage `b`")
        == true)
    #expect(
      try mistakes(text, selection: Selection(only: [("p.y", "1")]))
        == ["`--only` names `p.y`, which is not swept | did you mean `p.x`?"])
    #expect(
      try mistakes(text, selection: Selection(only: [("p.x", "3")])).first?
        .hasPrefix("`p.x` never takes the value 3") == true)
  }
}
