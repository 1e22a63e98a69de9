public import MonteCarlo
public import Randomness

extension RecordingChain {
  /// A chain on the exact ensemble of the double-exchange model, by any `ExactMethod`; every row is
  /// measured by a diagonalisation.
  ///
  /// - Parameters:
  ///   - start: the first configuration; drawn uniformly when nil.
  ///   - clock: adds timing columns when given.
  public convenience init(
    _ system: DoubleExchangeSystem, settings: ExactChainSettings, start: Field? = nil,
    random: RandomStream, clock: (() -> ChainTime)? = nil
  ) throws(ParameterError) {
    var random = random
    let field = start ?? system.randomField(using: &random)
    do { try system.validate(field) } catch {
      throw ParameterError("start", error.description)
    }
    self.init(
      system, try settings.makeUpdater(of: system, start: field, random: random),
      settings: settings.recording,
      measurement: DoubleExchangeMeasurement(
        system, levelBins: settings.densityOfStatesBins,
        structureFactor: settings.recordsStructureFactor), clock: clock)
  }
}

extension ExactChainSettings {
  /// How long the chain runs, and what it keeps.
  public var recording: RecordingSettings {
    RecordingSettings(thermalisation: thermalisation, stride: stride, recordsField: recordsSpins)
  }

  /// The way to move the spins that the settings ask for.
  public func makeUpdater(
    of system: DoubleExchangeSystem, start: Field, random: RandomStream
  ) throws(ParameterError) -> any Updater {
    try validate()
    switch method {
    case .naive: return NaiveUpdater(system, mix: mix, start: start, random: random)
    case .fast: return try FastUpdater(system, self, start: start, random: random)
    case .hmc:
      return HybridUpdater(
        system, steps: trajectorySteps, integrator: integrator, start: start, random: random)
    case .replicaExchange:
      return try ReplicaExchangeUpdater(system, self, start: start, random: random)
    }
  }
}
