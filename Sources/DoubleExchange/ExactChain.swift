internal import Lattice
public import MonteCarlo
public import Randomness

/// A chain on the exact ensemble, by any `ExactMethod`. One step is `stride` sweeps and one
/// measurement by diagonalisation; thermalisation happens before the first row.
public final class ExactChain: Chain {
  public let system: DoubleExchangeSystem
  public let settings: ExactChainSettings
  package let updater: any SpinUpdater
  private let weight: DoubleExchangeWeight
  private let structureFactor: StructureFactor?
  private var measured: [Double] = []
  private var isThermalised = false
  /// Worst difference between the updater's ln W and the diagonalised one of a row.
  private var worstError = 0.0
  private let clock: (() -> ChainTime)?

  /// - Parameters:
  ///   - start: the first configuration; drawn uniformly when nil.
  ///   - clock: adds timing columns when given.
  public init(
    _ system: DoubleExchangeSystem, settings: ExactChainSettings, start: Field? = nil,
    random: RandomStream, clock: (() -> ChainTime)? = nil
  ) throws(ParameterError) {
    try settings.validate()
    self.system = system
    self.settings = settings
    self.clock = clock
    weight = DoubleExchangeWeight(system, route: .levels)
    structureFactor = settings.recordsStructureFactor ? StructureFactor(system.lattice) : nil
    if let start {
      do { try system.validate(start) } catch {
        throw ParameterError("start", error.description)
      }
    }
    updater = try makeUpdater(system, settings, start: start, random: random)
  }

  public var columns: [Column] {
    var columns = [Column.logWeight("ln W of the configuration, by diagonalisation")]
    columns += system.observables.map { Column($0) }
    columns.append(Column("acceptance", "accepted share of the proposals since the last row"))
    if settings.densityOfStatesBins > 0 {
      columns.append(
        Column(
          "densityOfStates", shape: [settings.densityOfStatesBins],
          "histogram of the levels over the whole band, with unit area"))
    }
    if structureFactor != nil {
      columns.append(
        Column(
          "structureFactor", shape: system.lattice.extents.reversed(),
          "S(q) = |sum_i S_i e^(i q r_i)|^2 / N at q = 2 pi k / L"))
    }
    if settings.recordsSpins {
      columns.append(Column("spins", shape: [system.lattice.sites, 3], "the configuration"))
    }
    if clock != nil { columns += PartTimes.columns }
    return columns
  }

  /// The current configuration.
  public var field: Field { updater.field }

  /// Runs the thermalisation unless it has been run; the first `advance` does so by itself.
  public func thermalise() {
    guard !isThermalised else { return }
    let stretch = 10
    for sweep in 0..<settings.thermalisation {
      _ = updater.sweep()
      if (sweep + 1) % stretch == 0 { updater.tune() }
    }
    updater.freeze()
    isThermalised = true
  }

  public func advance(into rows: inout [Double]) {
    thermalise()
    let start = now
    var acceptance = 0.0
    for _ in 0..<settings.stride { acceptance += updater.sweep() }
    let middle = now
    let field = updater.field
    let logWeight = weight.measure(field, into: &measured)
    worstError = max(worstError, abs(logWeight - updater.logWeight))
    rows.append(logWeight)
    rows += measured
    rows.append(acceptance / Double(settings.stride))
    if settings.densityOfStatesBins > 0 {
      var histogram = DensityOfStates(system, bins: settings.densityOfStatesBins)
      histogram.add(weight.levels)
      rows += histogram.density
    }
    if let structureFactor { rows += structureFactor(field) }
    let end = now
    if settings.recordsSpins { rows += field.values }
    guard clock != nil else { return }
    var times = PartTimes()
    times.exact = middle - start
    times.measurement = end - middle
    times.total = now - start
    times.append(to: &rows)
  }

  private var now: ChainTime { clock?() ?? .zero }

  public var state: ChainState {
    var state = ChainState()
    state.reals["chain"] = [isThermalised ? 1 : 0, worstError]
    updater.save(into: &state, as: "updater")
    return state
  }

  public func restore(_ state: ChainState) throws(FieldError) {
    let chain = try state.numbers("chain", count: 2)
    try updater.restore(from: state, as: "updater")
    isThermalised = chain[0] != 0
    worstError = chain[1]
  }

  public var facts: [Fact] {
    [
      Fact(
        "worstLogWeightError", worstError,
        "largest difference between the running ln W and the diagonalised one of a row"),
      Fact(
        "exactEvaluationsPerRow", Double(settings.stride) * updater.evaluationsPerSweep,
        "diagonalisations that the moves between two rows take; measuring takes one more"),
    ] + updater.facts
  }
}

private func makeUpdater(
  _ system: DoubleExchangeSystem, _ settings: ExactChainSettings, start: Field?,
  random: RandomStream
) throws(ParameterError) -> any SpinUpdater {
  var random = random
  let field = start ?? system.randomField(using: &random)
  switch settings.method {
  case .naive:
    return NaiveUpdater(system, mix: settings.mix, start: field, random: random)
  case .fast:
    return try FastUpdater(system, settings, start: field, random: random)
  case .hmc:
    return HybridUpdater(
      system, steps: settings.trajectorySteps, start: field, random: random)
  case .replicaExchange:
    return try ReplicaExchangeUpdater(system, settings, start: field, random: random)
  }
}
