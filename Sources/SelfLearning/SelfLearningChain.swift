internal import Lattice
public import MonteCarlo
public import Randomness

/// Self-learning Monte Carlo: long walks in cheap effective models, each corrected by one exact
/// test (Liu, Qi, Meng and Fu 2017; Nagai, Okumura and Tanaka 2020).
///
/// The models are frozen when the chain is made. Call `thermalise()` (or `restore(_:)`) before the
/// first `advance(into:)`; everything tuned is fixed by then and listed in `facts`.
public final class SelfLearningChain: Chain {
  public let columns: [Column]
  let system: any PhysicalSystem
  let parameters: SelfLearningParameters
  let cascade: Cascade
  var test: ExactTest
  var present: Present
  /// Nil until thermalised.
  var frozen: FrozenChoices?

  /// - Parameters:
  ///   - models: cheapest first; the last one proposes to the exact weight.
  ///   - start: where to begin; a random field when nil.
  ///   - clock: adds timing columns when given.
  public init(
    system: any PhysicalSystem, models: [any EffectiveModel],
    parameters: SelfLearningParameters = SelfLearningParameters(), random: RandomStream,
    start: Field? = nil, clock: (() -> ChainTime)? = nil
  ) throws(FieldError) {
    var startStream = random.substream(2)
    let field = start ?? system.randomField(using: &startStream)
    try system.validate(field)
    self.system = system
    self.parameters = parameters
    cascade = try Cascade(
      system: system, models: models, parameters: parameters, from: field)
    test = ExactTest(system, cascade, random: random, clock: clock)
    present = test.measure(field)
    guard present.logWeight.isFinite, present.logWeightEffective.isFinite else {
      throw FieldError(
        "the weights of the start are not finite: ln W = \(present.logWeight), "
          + "ln W_eff = \(present.logWeightEffective)")
    }
    columns = Self.columns(system, recordsField: parameters.recordsField, timed: clock != nil)
  }

  public func advance(into rows: inout [Double]) {
    precondition(frozen != nil, "thermalise() or restore(_:) comes before advance(into:)")
    let start = test.now
    var total = Proposal()
    for _ in 0..<parameters.proposalsPerRow { total.add(test.propose(from: &present)) }
    let middle = test.now
    test.observe(&present)
    let end = test.now
    let count = Double(parameters.proposalsPerRow)
    rows.append(present.logWeight)
    rows.append(present.logWeightEffective)
    rows.append(Double(total.accepted) / count)
    rows.append(total.logRatio)
    rows.append(total.innerAcceptance / count)
    rows.append(Double(total.innerSteps))
    rows.append(Double(total.exactEvaluations))
    rows.append(contentsOf: present.observables)
    if parameters.recordsField { rows.append(contentsOf: present.field.values) }
    guard test.clock != nil else { return }
    var times = PartTimes()
    times.inner = total.innerTime
    times.exact = total.exactTime
    times.measurement = end - middle
    times.total = test.now - start
    times.append(to: &rows)
  }

  /// The present field.
  public var field: Field { present.field }

  private static func columns(
    _ system: any PhysicalSystem, recordsField: Bool, timed: Bool
  ) -> [Column] {
    var columns = [
      Column.logWeight("ln W of the configuration after the last exact test"),
      Column.logWeightEffective("ln W_eff of it in the model that proposes to the exact test"),
      Column("accepted", "share of the row's proposals that became a new configuration"),
      Column("logRatio", "ln of W(S') W_eff(S) / (W(S) W_eff(S')), last proposal"),
      Column("innerAcceptance", "accepted share of the inner algorithm's elementary moves"),
      Column("innerSweeps", "steps of the inner algorithm spent on the row"),
      Column("exactEvaluations", "exact weights evaluated: none where the cascade stayed put"),
    ]
    columns += system.observables.map { Column($0) }
    if recordsField {
      columns.append(
        Column(
          system.shape.name, shape: system.shape.dimensions, isConfiguration: true,
          "the field after the exact test"))
    }
    return columns + (timed ? PartTimes.columns : [])
  }
}
