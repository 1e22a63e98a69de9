import AwkwardSeries
import HDF5
import LinearAlgebra
import Pipeline
import ScratchFolders
import Stages
import Statistics
import Testing
import Values

/// Arrays in `analyze-chain`: which of them, and what is written of each entry.
@Suite struct ChainArrayTests {
  private static let sound = AwkwardSeries.correlated.sample(replicas: 2, key: 5)

  /// A chain with a number, two arrays of three entries and two configurations.
  private func analysis(
    _ arrays: ArrayChoice, odd: AwkwardSeries = .correlated, discard: Int = 0
  ) throws -> ChainAnalysis {
    let folder = try ScratchFolder()
    let file = try HDF5File(creating: "\(folder.path)/chain.h5")
    let (sound, odd) = (Self.sound, odd.sample(replicas: 2))
    let steps = sound[0].count
    func write(_ name: String, _ entries: [[[Double]]], role: String? = nil) throws {
      let values = (0..<2).flatMap { replica in
        (0..<steps).flatMap { step in entries.map { $0[replica][step] } }
      }
      let shape = [2, steps] + (entries.count > 1 ? [1, entries.count] : [])
      try file.write(values, to: "/chain/\(name)", shape: shape)
      try file.setAttribute("unit", "1", of: "/chain/\(name)")
      try file.setAttribute("summary", name, of: "/chain/\(name)")
      if let role { try file.setAttribute("role", role, of: "/chain/\(name)") }
    }
    try write("number", [sound])
    try write("correlator", [sound, odd, sound.map { $0.map { 2 * $0 } }])
    try write("loops", [odd, sound, sound])
    try write("phi", [odd, odd], role: "configuration")
    try write("spins", [odd, odd])
    try file.close()
    var analysis = ChainAnalysis(discard: discard, stretch: 1.5, derived: [], arrays: arrays)
    try analysis.run(try HDF5File(opening: "\(folder.path)/chain.h5"))
    return analysis
  }

  @Test func configurationsAreNoObservables() throws {
    #expect(try analysis(.all).arrays.map(\.name) == ["correlator", "loops"])
    #expect(try analysis(.none).arrays.isEmpty)
  }

  /// Chains that had analyses before arrays had are passed over unless one is asked for.
  @Test func whichArraysAreAnalysed() throws {
    let named: Record = ["arrays": .list([.text("loops")])]
    let choices: [(Record, String, [String])] = [
      ([:], "exact-samples", []), (["arrays": "auto"], "self-learning-chain", []),
      (["arrays": "auto"], "measure", ["correlator", "loops"]),
      (["arrays": "never"], "measure", []), (named, "exact-samples", ["loops"]),
    ]
    for (settings, kind, names) in choices {
      let found = try analysis(ArrayChoice(settings, kind: kind)).arrays.map(\.name)
      #expect(found == names, "\(settings) \(kind)")
    }
  }

  /// An entry has the mean, error and tau that it has as a number.
  @Test func anEntryIsAsANumber() throws {
    let analysis = try analysis(.all)
    let number = try #require(analysis.results.first { $0.name == "number" })
    let array = try #require(analysis.arrays.first)
    #expect(array.shape == [1, 3])
    #expect(array.assessment.components[0].tau == number.tau)
    #expect(array.assessment.components[0].mean == number.value)
    let covariance = try #require(array.assessment.covariance)
    #expect(abs(covariance.correlation[0, 2] - 1) < 1e-12)
    #expect(abs(covariance.values[0, 2] / covariance.values[0, 0] - 2) < 1e-9)
  }

  @Test func anOddEntryIsMarkedWithItsIndices() throws {
    let analysis = try analysis(.all, odd: .drifting)
    let array = try #require(analysis.arrays.first)
    #expect(array.doubts.map(\.isEmpty) == [true, false, true])
    #expect(array.doubts[1].contains { $0.hasPrefix("correlator[0][1]: the chain drifts") })
    let doubt = try #require(array.doubt)
    #expect(doubt.hasPrefix("correlator: 1 of 3 entries are doubtful; correlator[0][1]: "))
    #expect(analysis.doubts.contains(doubt) && !analysis.isConverged)
    #expect(analysis.results.flatMap { $0.doubts } == [])
  }

  @Test func badInput() throws {
    let named = ArrayChoice(["arrays": .list([.text("loop")])], kind: "measure")
    let error = #expect(throws: StageFailure.self) { try analysis(named) }
    #expect(
      error?.description
        == "analysis.arrays: the chain records no array `loop`; it has correlator, loops")
    let short = #expect(throws: StageFailure.self) { try analysis(.all, discard: 1 << 20) }
    #expect(short?.description.contains("analysis.discard is 1048576") == true)
  }
}
