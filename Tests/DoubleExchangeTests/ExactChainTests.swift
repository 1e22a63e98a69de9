import DoubleExchange
import MonteCarlo
import Randomness
import Testing

@Suite("What an exact chain records")
struct ExactChainTests {
  private func settings(
    _ method: ExactMethod, mix: ProposalMix = ProposalMix(fresh: 1, rotation: 1, reflection: 1)
  ) -> ExactChainSettings {
    ExactChainSettings(
      method: method, thermalisation: 60, mix: mix,
      temperatures: method == .replicaExchange ? [0.15] : [], recordsStructureFactor: true,
      densityOfStatesBins: 12)
  }

  @Test(
    "rows fit the columns, and every entry agrees with the spins", arguments: ExactMethod.allCases)
  func columns(method: ExactMethod) throws {
    let system = try system([4, 2], temperature: 0.1)
    let chain = try RecordingChain(system, settings: settings(method), random: stream(101))
    let columns = chain.columns
    #expect(Set(columns.map(\.name)).count == columns.count)
    #expect(columns.allSatisfy { !$0.summary.isEmpty && !$0.isTiming })
    var row: [Double] = []
    for _ in 0..<5 {
      row.removeAll()
      chain.advance(into: &row)
      try check(row, columns, system)
    }
  }

  private func check(_ row: [Double], _ columns: [Column], _ system: DoubleExchangeSystem) throws {
    #expect(row.count == columns.reduce(0) { $0 + $1.width })
    var (at, entries) = (0, [String: [Double]]())
    for column in columns {
      entries[column.name] = Array(row[at..<(at + column.width)])
      at += column.width
    }
    let field = Field(places: 8, components: 3, values: entries["spins"] ?? [])
    try system.validate(field)
    let measurement = system.makeMeasurement()
    var values: [Double] = []
    #expect((entries["logWeight"] ?? []) == [measurement.measure(field, into: &values)])
    for (observable, value) in zip(system.observables, values) {
      #expect(entries[observable.name] == [value], "\(observable.name)")
    }
    #expect(entries["structureFactor"] == StructureFactor(system.lattice)(field))
    let area = (entries["densityOfStates"] ?? []).reduce(0, +) * 2 * system.bandEdge / 12
    #expect(abs(area - 1) < 1e-9)
    let acceptance = entries["acceptance"]?[0] ?? -1
    #expect(acceptance >= 0 && acceptance <= 1)
  }

  @Test("optional columns are absent unless asked for")
  func plain() throws {
    let system = try system([4, 2])
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(recordsSpins: false), random: stream(102))
    #expect(chain.columns.allSatisfy { $0.shape.isEmpty })
    #expect(chain.columns.count == system.observables.count + 2)
  }

  @Test("widths are tuned towards their targets and then frozen")
  func tuning() throws {
    // Cold enough that even a fresh spin is accepted less often than the target.
    let system = try system([4, 4], coupling: 4, temperature: 0.05)
    for (method, step, share, target) in [
      (ExactMethod.fast, "rotationStep", "acceptanceRotation", 0.5),
      (.hmc, "leapfrogStep", "acceptanceTrajectory", 0.8),
    ] {
      var settings = settings(method)
      settings.thermalisation = 600
      let chain = try RecordingChain(system, settings: settings, random: stream(103))
      chain.thermalise()
      let tuned = fact(chain, step)
      var row: [Double] = []
      for _ in 0..<300 { chain.advance(into: &row) }
      #expect(fact(chain, step) == tuned)
      // A stretch of ten sweeps sees its acceptance with some 5 % (rotations) or 13 % (trajectories),
      // and the width follows with a share of that.
      #expect(abs(fact(chain, share) - target) < 0.15)
    }
  }

  @Test("a colder replica exchanges with a hotter one, and reports how often")
  func exchanges() throws {
    let system = try system([2, 2], temperature: 0.2)
    var settings = settings(.replicaExchange)
    settings.temperatures = [0.3, 0.5]
    let chain = try RecordingChain(system, settings: settings, random: stream(104))
    var row: [Double] = []
    for _ in 0..<400 { chain.advance(into: &row) }
    for pair in 1...2 {
      let share = fact(chain, "exchangeAcceptance\(pair)")
      #expect(share > 0.05 && share < 1)
    }
  }

  @Test("without coupling every proposal is accepted and the spins are free")
  func free() throws {
    let system = try system([3, 3], coupling: 0)
    let chain = try RecordingChain(
      system, settings: settings(.fast, mix: ProposalMix(fresh: 1)), random: stream(105))
    let measured = series(chain, rows: 2000)
    #expect(measured["acceptance"]?.allSatisfy { $0 == 1 } == true)
    // <M^2> = 1/9; 4.5 standard errors from fifty bins: false alarms 4e-5.
    let estimate = Estimate(measured["magnetisationSquared"] ?? [])
    #expect(abs(estimate.mean - 1.0 / 9) < 4.5 * estimate.error)
  }

  @Test("without hopping ln W is constant and the spins are free")
  func atomic() throws {
    let system = try system([3, 2], hopping: 0, coupling: 2)
    let chain = try RecordingChain(
      system, settings: settings(.fast, mix: ProposalMix(fresh: 1)), random: stream(106))
    let measured = series(chain, rows: 500)
    let first = measured["logWeight"]?.first ?? .nan
    #expect(measured["logWeight"]?.allSatisfy { abs($0 - first) < 1e-9 } == true)
    #expect(fact(chain, "acceptanceFresh") > 0.999)
  }

  @Test("a start of one's own is used")
  func start() throws {
    let system = try system([4, 4])
    let ordered = orderedField(system)
    let chain = try RecordingChain(
      system, settings: ExactChainSettings(thermalisation: 0), start: ordered, random: stream(107))
    #expect(chain.field == ordered)
    let drawn = try RecordingChain(
      system, settings: ExactChainSettings(thermalisation: 0), random: stream(107))
    #expect(drawn.field != ordered)
    try system.validate(drawn.field)
  }
}
