internal import Lattice
public import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A chain on the exact ensemble of any system in flat space with a local weight: every number of
/// the field in turn moves by a uniform step and is accepted with min(1, W'/W) (Metropolis et al.
/// 1953). The width of the steps is given and not tuned, so that all replicas are alike.
public final class MetropolisChain: Chain {
  private let system: any PhysicalSystem
  private let weight: any LocalWeight
  private let settings: MetropolisSettings
  private let clock: (() -> ChainTime)?
  private var field: Field
  private var random: RandomStream
  private var isThermalised = false
  private var measured: [Double] = []

  /// - Parameter clock: adds timing columns when given.
  public init(
    _ system: any PhysicalSystem, weight: any LocalWeight, settings: MetropolisSettings,
    random: RandomStream, clock: (() -> ChainTime)? = nil
  ) {
    self.clock = clock
    self.system = system
    self.weight = weight
    self.settings = settings
    self.random = random
    field = system.randomField(using: &self.random)
  }

  public var columns: [Column] {
    var columns = [Column("logWeight", "ln W of the configuration")]
    columns += system.observables.map { Column($0.name, unit: $0.unit, $0.summary) }
    columns.append(Column("acceptance", "accepted share of the proposals since the last row"))
    if settings.recordsField {
      let shape = [system.lattice.sites, system.components]
      columns.append(Column("spins", shape: shape, isConfiguration: true, "the configuration"))
    }
    if clock != nil { columns += PartTimes.columns }
    return columns
  }

  public func advance(into rows: inout [Double]) {
    thermalise()
    let start = now
    var acceptance = 0.0
    for _ in 0..<settings.stride { acceptance += sweep() }
    let middle = now
    rows.append(weight.measure(field, into: &measured))
    rows += measured
    rows.append(acceptance / Double(settings.stride))
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

  private func thermalise() {
    guard !isThermalised else { return }
    isThermalised = true
    for _ in 0..<settings.thermalisation { _ = sweep() }
  }

  private func sweep() -> Double {
    var accepted = 0
    for index in field.values.indices {
      let value = field.values[index] + settings.width * (2 * random.uniform() - 1)
      let change = weight.change(of: field, at: index, to: value)
      guard log(random.uniformOpen()) < change else { continue }
      field.values[index] = value
      accepted += 1
    }
    return Double(accepted) / Double(field.values.count)
  }

  public var facts: [Fact] {
    [Fact("stepWidth", settings.width, "largest step of a number")]
  }

  public var state: ChainState {
    var state = ChainState(reals: ["field": field.values, "thermalised": [isThermalised ? 1 : 0]])
    state.store(random, as: "stream")
    return state
  }

  public func restore(_ state: ChainState) throws(FieldError) {
    let values = try state.numbers("field", count: field.values.count)
    let thermalised = try state.numbers("thermalised", count: 1)
    random = try state.stream("stream")
    field.values = values
    isThermalised = thermalised[0] != 0
  }
}

/// How long a Metropolis chain runs, and what it keeps.
public struct MetropolisSettings: Sendable, Equatable {
  /// Largest step of a number.
  public var width: Double
  /// Sweeps before the first row.
  public var thermalisation: Int
  /// Sweeps between rows.
  public var stride: Int
  /// Whether every row holds the whole field.
  public var recordsField: Bool

  public init(width: Double, thermalisation: Int, stride: Int, recordsField: Bool) {
    self.width = width
    self.thermalisation = thermalisation
    self.stride = stride
    self.recordsField = recordsField
  }
}
