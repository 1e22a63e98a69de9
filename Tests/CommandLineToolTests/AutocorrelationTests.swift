import Testing
import Values

/// `slmc autocorrelation` on series of one's own: what it says, and how it refuses.
@Suite struct AutocorrelationTests {
  /// A long series without memory: the multiples of the golden ratio modulo 1, shuffled by squares.
  static func series(_ count: Int, offset: Int = 0) -> [Double] {
    (0..<count).map { i in
      let n = Double((i + offset) * (i + offset) % 100_003)
      return (n * 0.6180339887498949).truncatingRemainder(dividingBy: 1)
    }
  }

  static func column(_ values: [Double]) -> String { values.map { "\($0)\n" }.joined() }

  @Test func convergedSeriesSaysSo() throws {
    let desk = try Desk()
    try desk.write(Self.column(Self.series(4000)), to: "a.csv")
    let json = try desk.slmc("autocorrelation", "a.csv", "--json").json
    #expect(json["converged"]?.boolean == true)
    #expect(json["doubts"]?.list?.isEmpty == true)
    #expect((json["rHat"]?.number ?? 2) < 1.05)
    let answer = try desk.slmc("autocorrelation", "a.csv")
    #expect(answer.output.contains("converged          yes") && answer.errors.isEmpty)
  }

  /// A ramp has no end of its correlation; replicas around other means disagree.
  @Test func unconvergedSeriesSaysWhy() throws {
    let desk = try Desk()
    try desk.write(Self.column((0..<400).map { Double($0) }), to: "ramp.csv")
    let ramp = try desk.slmc("autocorrelation", "ramp.csv")
    #expect(ramp.code == 0 && ramp.output.contains("converged          no"))
    #expect(ramp.errors.contains("not converged: the chain is"))
    let rows = zip(Self.series(3000), Self.series(3000, offset: 7)).map { "\($0),\($1 + 0.5)\n" }
    try desk.write("first,second\n" + rows.joined(), to: "two.csv")
    let two = try desk.slmc("autocorrelation", "two.csv", "--json")
    #expect(try two.json["converged"]?.boolean == false)
    #expect(two.errors.contains("R-hat is") && two.errors.contains("replicas disagree"))
  }

  @Test(arguments: [
    ("1\n1\n1\n1\n1\n1\n1\n1\n1\n", "the series is constant (every sample is 1.0)"),
    ("3.5\n", "replica 0 has 1 sample"), ("", "the series is empty"),
    ("1\n2\n3\n4\n5\n6\n7\nnan\n9\n", "sample 7 of replica 0 is not a finite number"),
    ("1,2\n3,4\n5\n", "1 columns where the lines above have 2"), ("1\ntwo\n", "not a number"),
    ("energy\nper site\n1\n", "bad.csv:2:1: error: not a number"),
  ])
  func badSeriesHaveAWord(text: String, message: String) throws {
    let desk = try Desk()
    try desk.write(text, to: "bad.csv")
    let answer = try desk.slmc("autocorrelation", "bad.csv")
    #expect(answer.code == 2)
    #expect(answer.errors.contains(message), "\(answer.errors)")
    #expect(answer.output.isEmpty)
  }

  @Test func standardInputIsASeriesToo() throws {
    let desk = try Desk()
    try desk.write("energy\n# a remark\n" + Self.column(Self.series(4000)), to: "a.csv")
    func piped(_ command: String) throws -> Answer {
      try desk.system("sh", "-c", command, environment: ["PATH": Desk.searchPath])
    }
    let read = try piped("slmc autocorrelation - --json < a.csv")
    #expect(read.code == 0)
    #expect(read.output == (try desk.slmc("autocorrelation", "a.csv", "--json").output))
    let empty = try piped("slmc autocorrelation - < /dev/null")
    #expect(empty.code == 2 && empty.errors.contains("standard input: the series is empty"))
  }
}
