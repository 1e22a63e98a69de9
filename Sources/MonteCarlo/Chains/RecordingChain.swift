/// How a chain is recorded.
public struct RecordingSettings: Sendable, Equatable {
  /// Sweeps before the first row; steps are tuned during them and then frozen.
  public var thermalisation: Int
  /// Sweeps between rows.
  public var stride: Int
  /// Whether every row holds the whole field.
  public var recordsField: Bool

  /// How a chain is recorded.
  public init(thermalisation: Int, stride: Int, recordsField: Bool) {
    self.thermalisation = thermalisation
    self.stride = stride
    self.recordsField = recordsField
  }
}

/// A chain on the exact ensemble by any updater: one step is `stride` sweeps and one measurement;
/// thermalisation happens before the first row.
public final class RecordingChain: Chain {
  public let columns: [Column]
  package let updater: any Updater
  /// Where the measurement tells no ln W.
  private lazy var action = system.makeAction()
  private let system: any PhysicalSystem
  private let measurement: any Measurement
  private let settings: RecordingSettings
  /// How many of a measurement's values stand before the acceptance: the numbers, not the arrays.
  private let numbers: Int
  private var measured: [Double] = []
  private var isThermalised = false
  /// Worst difference between the updater's ln W and that of a row.
  private var worstError = 0.0
  private let clock: (() -> ChainTime)?

  /// - Parameters:
  ///   - measurement: what every row holds; the system's own when nil.
  ///   - clock: adds timing columns when given.
  public init(
    _ system: any PhysicalSystem, _ updater: any Updater, settings: RecordingSettings,
    measurement: (any Measurement)? = nil, clock: (() -> ChainTime)? = nil
  ) {
    let measurement = measurement ?? system.makeMeasurement()
    self.measurement = measurement
    self.updater = updater
    self.settings = settings
    self.clock = clock
    self.system = system
    let scalars = measurement.observables.filter(\.shape.isEmpty)
    numbers = scalars.count
    precondition(measurement.observables.prefix(numbers).allSatisfy(\.shape.isEmpty))
    columns =
      [Column.logWeight(measurement.logWeightSummary)]
      + scalars.map { Column($0) }
      + [Column("acceptance", "accepted share of the proposals since the last row")]
      + measurement.observables.dropFirst(numbers).map { Column($0) }
      + (settings.recordsField ? [system.shape.column] : [])
      + (clock != nil ? PartTimes.columns : [])
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
    let logWeight = measurement.measure(field, into: &measured) ?? action.logWeight(field)
    if let running = updater.logWeight { worstError = max(worstError, abs(logWeight - running)) }
    rows.append(logWeight)
    rows += measured[..<numbers]
    rows.append(acceptance / Double(settings.stride))
    rows += measured[numbers...]
    let end = now
    if settings.recordsField { rows += field.values }
    guard clock != nil else { return }
    var times = PartTimes()
    times.exact = middle - start
    times.measurement = end - middle
    times.total = now - start
    times.append(to: &rows)
  }

  private var now: ChainTime { clock?() ?? .zero }
}

extension RecordingChain {
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
    var facts: [Fact] = []
    if updater.logWeight != nil {
      facts.append(
        Fact(
          "worstLogWeightError", worstError,
          "largest difference between the running ln W and the one of a row computed anew"))
    }
    if let evaluations = updater.evaluationsPerSweep {
      facts.append(
        Fact(
          "exactEvaluationsPerRow", Double(settings.stride) * evaluations,
          "exact weights that the moves between two rows take; measuring takes one more"))
    }
    return facts + updater.facts
  }
}

extension FieldShape {
  /// As a chain records it.
  public var column: Column {
    Column(name, shape: dimensions, isConfiguration: true, "the configuration")
  }
}
