import AwkwardSeries
import FileSystem
import Foundation
import HDF5
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

  /// Bins much longer than tau = 5 give the error of the Gamma method; a ramp's error grows to the end.
  @Test func binsAreAnotherWayToTheError() throws {
    let desk = try Desk()
    let series = AwkwardSeries.correlated.sample(replicas: 1, length: 40_000)[0]
    try desk.write(Self.column(series), to: "a.csv")
    let json = try desk.slmc("autocorrelation", "a.csv", "--bins", "--json").json
    let levels = try #require(json["bins"]?["levels"]?.list)
    let plateau = try #require(json["bins"]?["plateau"]?.integer)
    let level = try #require(levels.first { $0["length"]?.integer == plateau })
    let (error, gamma) = (level["error"]?.number ?? 0, json["error"]?.number ?? 0)
    #expect(abs(error / gamma - 1) < 0.15 && levels[0]["error"]?.number ?? 1 < 0.4 * gamma)
    #expect(plateau > 16 && levels[0]["count"] == .integer(40_000))
    let words = try desk.slmc("autocorrelation", "a.csv", "--bins").output
    #expect(words.contains("the error stops growing at bins of \(plateau)"), "\(words)")
    try desk.write(Self.column((0..<400).map { Double($0) }), to: "ramp.csv")
    let ramp = try desk.slmc("autocorrelation", "ramp.csv", "--bins").output
    #expect(ramp.contains("the error still grows"))
    #expect(try !desk.slmc("autocorrelation", "ramp.csv").output.contains("BIN LENGTH"))
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
    let two = try desk.slmc("autocorrelation", "two.csv", "--json", "--column", "first,second")
    #expect(try two.json["converged"]?.boolean == false)
    #expect(two.errors.contains("R-hat is") && two.errors.contains("replicas disagree"))
  }

  /// Each kind of trouble, of a dataset with replicas and of columns of text.
  @Test(arguments: AwkwardSeries.allCases) func troubleIsNamed(_ kind: AwkwardSeries) throws {
    let desk = try Desk()
    let series = kind.sample()
    let file = try HDF5File(creating: (desk.folder / "c.h5").description)
    try file.write(series.flatMap { $0 }, to: "/x", shape: [series.count, series[0].count])
    try file.close()
    let rows = series[0].indices.map { row in
      series.map { "\($0[row])" }.joined(separator: ",") + "\n"
    }
    try desk.write(rows.joined(), to: "c.csv")
    for name in ["c.h5:/x", "c.csv"] {
      let answer = try desk.slmc("autocorrelation", name, "--json")
      #expect(answer.code == 0)
      let doubts = try answer.json["doubts"]?.list?.compactMap(\.text) ?? []
      #expect(try answer.json["converged"]?.boolean == (kind.doubt == nil), "\(doubts)")
      if let doubt = kind.doubt {
        #expect(doubts.contains { $0.contains(doubt) }, "\(doubts)")
        #expect(answer.errors.contains(doubt))
      }
    }
  }

  /// The advice that a drift comes with helps.
  @Test func whatToDiscardIsSaid() throws {
    let desk = try Desk()
    try desk.write(
      Self.column(AwkwardSeries.drifting.sample(replicas: 1, length: 16_000)[0]), to: "a.csv")
    let answer = try desk.slmc("autocorrelation", "a.csv")
    let words = try #require(answer.errors.components(separatedBy: "leave out the first ").last)
    let cut = try #require(words.split(separator: " ").first.map(String.init))
    #expect((Int(cut) ?? 0) > 100, "\(answer.errors)")
    let rest = try desk.slmc("autocorrelation", "a.csv", "--discard", cut)
    #expect(!rest.errors.contains("drifts"), "\(rest.errors)")
  }

  @Test func aTailRaisesTheError() throws {
    let desk = try Desk()
    try desk.write(Self.column(AwkwardSeries.twoScales.sample(replicas: 1)[0]), to: "a.csv")
    let tau = try desk.slmc("autocorrelation", "a.csv", "--tail", "50", "--json").json["tau"]
    #expect((tau?.number ?? 0) > 1)
    let wrong = try desk.slmc("autocorrelation", "a.csv", "--tail", "0")
    #expect(wrong.code == 2 && wrong.errors.contains("`--tail` takes a positive number, not `0`"))
  }

  /// Of a table with names one says which column is meant; without names columns are replicas.
  @Test func columnsAreChosen() throws {
    let desk = try Desk()
    let values = Self.series(2000)
    let rows = values.enumerated().map { "\($0.offset),run\($0.offset % 3),\($0.element)\n" }
    try desk.write("step,label,energy\n" + rows.joined(), to: "t.csv")
    let asked = try desk.slmc("autocorrelation", "t.csv")
    #expect(asked.code == 2 && asked.errors.contains("t.csv has the columns step, label, energy"))
    #expect(asked.errors.contains("--column energy"))
    try desk.write(Self.column(values), to: "a.csv")
    let alone = try desk.slmc("autocorrelation", "a.csv", "--json").output
    #expect(
      try desk.slmc("autocorrelation", "t.csv", "--column", "energy", "--json").output == alone)
    #expect(try desk.slmc("autocorrelation", "t.csv", "--column", "3", "--json").output == alone)
    let wrong = try desk.slmc("autocorrelation", "t.csv", "--column", "enregy")
    #expect(wrong.code == 2 && wrong.errors.contains("did you mean `energy`?"), "\(wrong.errors)")
    let text = try desk.slmc("autocorrelation", "t.csv", "--column", "label")
    #expect(text.code == 2 && text.errors.contains("t.csv:2:1: error: not a number"))
  }

  /// Counts are a series too.
  @Test func integersAreTaken() throws {
    let desk = try Desk()
    let counts = Self.series(3000).map { Int($0 * 100) }
    let file = try HDF5File(creating: (desk.folder / "c.h5").description)
    try file.write(counts, to: "/n")
    try file.close()
    try desk.write(counts.map { "\($0)\n" }.joined(), to: "n.csv")
    let data = try desk.slmc("autocorrelation", "c.h5:/n", "--json")
    #expect(data.code == 0, "\(data.errors)")
    #expect(data.output == (try desk.slmc("autocorrelation", "n.csv", "--json").output))
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
