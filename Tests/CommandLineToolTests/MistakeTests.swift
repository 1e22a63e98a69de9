import Testing

/// What a user gets wrong, the exit code, and what the message has to hold.
@Suite struct MistakeTests {
  @Test(arguments: [
    (["gc"], 2, "needs EXP.yaml"), (["export", "e.yaml"], 2, "--output FILE.tar"),
    (["export", "0123456789", "--output", "x.tar"], 2, "takes a manifest"),
    (["import", "nothere.tar"], 2, "there is no archive nothere.tar"),
    (["import", "e.yaml"], 6, "not a tar archive"),
    (["completions", "tcsh"], 2, "no completions for the shell `tcsh`"),
    (["completions"], 2, "needs bash|zsh|fish"), (["diff", "e.yaml"], 2, "needs B"),
    (["status", "nothere.yaml"], 2, "cannot read the experiment"),
    (["watch", "e.yaml", "--interval", "0"], 2, "at least 1"),
    (["pin", "e.yaml", "--note", "two\nlines"], 2, "one line"),
    (["ls", "--stroe", "x"], 2, "did you mean `--store`?"),
    (["init", "a", "b"], 2, "does not take `b`"), (["verfy"], 2, "did you mean `verify`?"),
    (["verify", "--store", "e.yaml"], 6, "there is no store"),
    (["trace", "e.yaml#bb"], 2, "no stage, job or figure `bb`"),
  ])
  func mistakesAreExplained(words: [String], code: Int, message: String) throws {
    let desk = try Desk.ran(Desk.chain(values: "[1]"))
    let answer = try desk.slmc(words)
    #expect(answer.code == Int32(code))
    #expect(answer.errors.contains(message), "\(answer.errors)")
    #expect(answer.errors.split(separator: "\n").count <= 3, "one clear message")
    #expect(answer.output.isEmpty)
  }
}
