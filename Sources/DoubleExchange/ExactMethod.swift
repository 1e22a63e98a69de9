public import MonteCarlo

/// How configurations of the exact ensemble are drawn.
public enum ExactMethod: String, Sendable, CaseIterable {
  /// Single-spin Metropolis with one diagonalisation per proposal: the oracle.
  case naive
  /// Single-spin Metropolis on Green functions at the poles of the Fermi function.
  case fast
  /// Hybrid Monte Carlo with Hellmann-Feynman forces; a sweep is one trajectory.
  case hmc
  /// Fast chains at several temperatures that exchange configurations.
  case replicaExchange = "replica-exchange"
}

/// Relative frequencies of the three single-spin proposals. All are symmetric, so the acceptance
/// is min(1, W'/W) for each and for any mixture.
public struct ProposalMix: Sendable, Equatable {
  /// A new spin uniform on the sphere.
  public var fresh: Double
  /// A rotation by a small angle with isotropic axis; its width is tuned in thermalisation.
  public var rotation: Double
  /// The reflection about the sum of the neighbours: far, yet alike in energy (over-relaxation).
  public var reflection: Double

  /// Shares of the three proposals.
  public init(fresh: Double = 1, rotation: Double = 0, reflection: Double = 0) {
    self.fresh = fresh
    self.rotation = rotation
    self.reflection = reflection
  }
}

/// Everything about an exact chain besides the system and the stream of random numbers.
public struct ExactChainSettings: Sendable, Equatable {
  /// How the spins are moved.
  public var method: ExactMethod
  /// Sweeps before the first row; step widths are tuned during them and then frozen.
  public var thermalisation: Int
  /// Sweeps between rows.
  public var stride: Int
  /// How often which proposal is made.
  public var mix: ProposalMix
  /// Sweeps between refreshes of the Green functions from a diagonalisation.
  public var refreshInterval: Int
  /// Largest error of ln W allowed to one single-spin update of the fast chain.
  public var tolerance: Double
  /// Sites whose updates are collected before the other Green functions hear of them; chosen by
  /// the lattice's size when nil. Changes rounding, and nothing else.
  public var blockSites: Int?
  /// Steps of one trajectory.
  public var trajectorySteps: Int
  /// How a step of a trajectory is made.
  public var integrator: Integrator
  /// Further temperatures of the replica exchange, ascending above the system's own.
  public var temperatures: [Double]
  /// Sweeps between attempts to exchange.
  public var exchangeInterval: Int
  /// Record the configuration with every row.
  public var recordsSpins: Bool
  /// Record S(q) at all q with every row.
  public var recordsStructureFactor: Bool
  /// Bins of the density of states recorded with every row; 0 for none.
  public var densityOfStatesBins: Int

  /// Settings; those left out are the usual ones.
  public init(
    method: ExactMethod = .fast, thermalisation: Int = 100, stride: Int = 1,
    mix: ProposalMix = ProposalMix(), refreshInterval: Int = 32, tolerance: Double = 5e-10,
    blockSites: Int? = nil, trajectorySteps: Int = 8, integrator: Integrator = .leapfrog,
    temperatures: [Double] = [],
    exchangeInterval: Int = 4,
    recordsSpins: Bool = true, recordsStructureFactor: Bool = false, densityOfStatesBins: Int = 0
  ) {
    self.method = method
    self.thermalisation = thermalisation
    self.stride = stride
    self.mix = mix
    self.refreshInterval = refreshInterval
    self.tolerance = tolerance
    self.blockSites = blockSites
    self.trajectorySteps = trajectorySteps
    self.integrator = integrator
    self.temperatures = temperatures
    self.exchangeInterval = exchangeInterval
    self.recordsSpins = recordsSpins
    self.recordsStructureFactor = recordsStructureFactor
    self.densityOfStatesBins = densityOfStatesBins
  }
}

extension ExactChainSettings {
  /// Refuses counts and frequencies that no chain can have.
  func validate() throws(ParameterError) {
    let counts = [
      ("thermalisation", thermalisation, 0), ("stride", stride, 1),
      ("refreshInterval", refreshInterval, 1), ("trajectorySteps", trajectorySteps, 1),
      ("exchangeInterval", exchangeInterval, 1), ("densityOfStatesBins", densityOfStatesBins, 0),
      ("blockSites", blockSites ?? 1, 1),
    ]
    for (name, value, least) in counts where value < least {
      throw ParameterError(name, "must be at least \(least), not \(value)")
    }
    let parts = [mix.fresh, mix.rotation, mix.reflection]
    guard parts.allSatisfy({ $0.isFinite && $0 >= 0 }), mix.fresh + mix.rotation > 0 else {
      throw ParameterError(
        "mix", "frequencies must not be negative, and reflections alone are not ergodic: \(parts)")
    }
    guard tolerance.isFinite, tolerance > 0 else {
      throw ParameterError("tolerance", "must be positive, not \(tolerance)")
    }
  }

  /// What can be told to fail at no cost, for the plan of many points; whether the poles reach the
  /// tolerance is known when the chain is made.
  public func check(on system: DoubleExchangeSystem) throws(ParameterError) {
    try validate()
    guard method == .fast || method == .replicaExchange else { return }
    try PoleExpansion.requireBandwidth(of: system)
    guard method == .replicaExchange else { return }
    try requireAscending(from: system)
  }

  /// The temperatures of a replica exchange, the system's own first.
  func ladder(of system: DoubleExchangeSystem) -> [Double] { [system.temperature] + temperatures }

  func requireAscending(from system: DoubleExchangeSystem) throws(ParameterError) {
    let ladder = ladder(of: system)
    guard ladder.count > 1, zip(ladder, ladder.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw ParameterError(
        "temperatures",
        "replica exchange needs further temperatures, ascending from the system's "
          + "\(system.temperature): \(temperatures)")
    }
  }
}
