import AwkwardSeries
import FileSystem
import HDF5
import ScratchFolders
import Stages
import Testing
import Values

/// The verdict where `analyze-chain` and `until` ask for it, on chains whose trouble is known.
@Suite struct ChainVerdictTests {
  private func analysis(
    of columns: [(String, [[Double]])], goal: Int? = nil
  ) throws -> ChainAnalysis {
    let folder = try ScratchFolder()
    let file = try HDF5File(creating: "\(folder.path)/chain.h5")
    for (name, series) in columns {
      try file.write(
        series.flatMap { $0 }, to: "/chain/\(name)", shape: [series.count, series[0].count])
      try file.setAttribute("unit", "1", of: "/chain/\(name)")
      try file.setAttribute("summary", name, of: "/chain/\(name)")
    }
    if let goal {
      try file.createGroup("/goal")
      try file.setAttribute("reached", goal, of: "/goal")
      try file.setAttribute("observable", "sound", of: "/goal")
    }
    try file.close()
    var analysis = ChainAnalysis(discard: 0, stretch: 1.5, derived: [])
    try analysis.run(try HDF5File(opening: "\(folder.path)/chain.h5"))
    return analysis
  }

  /// The mark belongs to the number: what is sound beside it stays so.
  @Test(arguments: AwkwardSeries.allCases) func analyzeChain(_ kind: AwkwardSeries) throws {
    let analysis = try analysis(of: [
      ("odd", kind.sample()), ("sound", AwkwardSeries.correlated.sample(key: 3)),
    ])
    let odd = try #require(analysis.results.first { $0.name == "odd" })
    let sound = try #require(analysis.results.first { $0.name == "sound" })
    #expect(sound.doubts.isEmpty, "\(sound.doubts)")
    if let doubt = kind.doubt {
      #expect(odd.doubts.contains { $0.hasPrefix("odd: ") && $0.contains(doubt) }, "\(odd.doubts)")
      #expect(analysis.doubts == odd.doubts)
    } else {
      #expect(odd.doubts.isEmpty && analysis.isConverged, "\(odd.doubts)")
    }
  }

  /// A chain that hardly moves says nothing of any number.
  @Test(arguments: [(0.0, "the chain never moved"), (0.004, "proposals are accepted, below 0.01")])
  func standstillMarksEverything(_ share: Double, _ doubt: String) throws {
    let accepted = (0..<2).map { replica in
      (0..<4000).map { Double($0 * 7919 % 1000 + replica) < 1000 * share ? 1.0 : 0 }
    }
    let sound = AwkwardSeries.correlated.sample(replicas: 2)
    let analysis = try analysis(of: [("accepted", accepted), ("sound", sound)])
    for result in analysis.results {
      #expect(result.doubts.first?.contains(doubt) == true, "\(result.name): \(result.doubts)")
    }
  }

  @Test func aMissedTargetMarksItsNumber() throws {
    let columns = [
      ("sound", AwkwardSeries.correlated.sample()), ("other", AwkwardSeries.independent.sample()),
    ]
    let missed = try analysis(of: columns, goal: 0)
    #expect(missed.doubts == ["sound: the chain ended before it reached its target"])
    #expect(try analysis(of: columns, goal: 1).isConverged)
  }

  /// However generous the error, a chain is not done while something speaks against it.
  @Test(arguments: AwkwardSeries.allCases) func until(_ kind: AwkwardSeries) throws {
    let settings: Record = [
      "until": .record(["observable": .text("x"), "relativeError": .number(1)])
    ]
    let target = try #require(ConvergenceTarget(settings))
    let outcome = target.outcome(of: kind.sample().map { $0.map { $0 + 5 } })
    #expect(target.isReached(by: outcome) == (kind.doubt == nil), "\(outcome.doubt ?? "none")")
  }
}
