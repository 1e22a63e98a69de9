public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// The fermions close to the Fermi surface, and pair couplings for the rest.
///
///     H_eff = E0 - sum_k J_k sum_{<ij>_k} S_i . S_j + a F[u],   u_i = sum_k w_k (shell k of S)_i
///
/// plus, optionally, an invariant network,///
/// with F the free energy of the fermions in a window of plane waves (`DownfoldedFermions`). With
/// the window empty it is the linear model, with all waves, w = (J/2) and a = 1 the exact weight.
/// The levels at the Fermi surface are degenerate, at half filling of a square lattice 4 L - 4 of
/// 2 N, so the spins act on them in first order and in no finite order of pair, four-spin, ...
/// terms; waves far from it give short-ranged terms. The cost grows with the cube of the window.
public struct FermionWindow: TrainableModel {
  public let kind = "fermion-window"
  /// Its shape, without its numbers.
  public let architecture: FermionWindowArchitecture
  public var parameters: ParameterBuffer
  private let bareCount: Int
  let network: InvariantNetwork?

  /// A model of that shape, not yet trained.
  public init(_ architecture: FermionWindowArchitecture) {
    self.architecture = architecture
    parameters = ParameterBuffer()
    parameters.append("offset", shape: [1])
    parameters.append("couplings", shape: [architecture.couplingShells])
    parameters.append("amplitude", shape: [1])
    parameters.append("vertex", shape: [architecture.vertexShells + 1])
    parameters.append("virtual", shape: [1])
    bareCount = parameters.values.count
    network = architecture.network.map { InvariantNetwork($0) }
    guard let network else { return }
    for range in network.parameters.ranges {
      parameters.append("network." + range.name, shape: range.shape)
    }
  }

  public var components: Int { 3 }

  /// Those of the network follow; its own offset stays what it is, E0 is one.
  public var linearParameters: [Int] {
    Array(0...(architecture.couplingShells + 1))
      + (network?.linearParameters.dropFirst().map { $0 + bareCount } ?? [])
  }

  /// The bare fermions; only a network's numbers are random.
  public mutating func initialize(using random: inout RandomStream) {
    if var network {
      network.initialize(using: &random)
      parameters.values.replaceSubrange(bareCount..., with: network.parameters.values)
    }
    parameters["amplitude"] = [1]
    parameters["virtual"] = [1]
    parameters.values[architecture.couplingShells + 2] = architecture.coupling / 2
  }

  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let home = architecture.home ?? lattice
    let couplings = try ShellTable(lattice, home: home, shells: architecture.couplingShells)
    let vertex = try ShellTable(lattice, home: home, shells: architecture.vertexShells)
    let waves = PlaneWaves(
      lattice, hopping: architecture.hopping, chemicalPotential: architecture.chemicalPotential,
      window: architecture.window)
    let temperature = architecture.temperature
    let layout = network?.layout
    let shells = try architecture.network.map { network throws(FieldError) in
      try ShellTable(lattice, home: home, shells: network.smearingShells)
    }
    func kernel() -> FermionWindowKernel {
      var addition: InvariantKernel?
      if let shells, let layout { addition = InvariantKernel(shells, layout) }
      return FermionWindowKernel(
        couplings, vertex, waves, temperature: temperature, network: addition)
    }
    return LaneEnergy(kernel(), parameters: parameters.values) { energy, field, temperature in
      CandidateSampler(
        FullEvaluation(kernel(), parameters: energy.parameters), field: field,
        temperature: temperature)
    }
  }
}

/// What such a model is made of, apart from its numbers.
public struct FermionWindowArchitecture: Sendable, Equatable {
  /// Largest distance of a wave's energy from the chemical potential.
  public var window: Double
  /// Shells that carry a coupling of the spins.
  public var couplingShells: Int
  /// Shells of spins that a fermion scatters off, beside its own site's.
  public var vertexShells: Int
  /// Of the fermions: t, J, mu and T of the system.
  public var hopping: Double
  /// J of the system.
  public var coupling: Double
  /// mu of the system.
  public var chemicalPotential: Double
  /// T of the system.
  public var temperature: Double
  /// Added on top, for what the waves outside the window leave.
  public var network: InvariantNetworkArchitecture?
  /// The lattice that it is first trained on.
  public var home: Torus?

  /// The shape of a model.
  public init(
    window: Double = 1, couplingShells: Int, vertexShells: Int = 2, hopping: Double = 1,
    coupling: Double = 1, chemicalPotential: Double = 0, temperature: Double,
    network: InvariantNetworkArchitecture? = nil, home: Torus? = nil
  ) {
    precondition(window >= 0 && couplingShells >= 0 && vertexShells >= 0 && temperature > 0)
    self.window = window
    self.couplingShells = couplingShells
    self.vertexShells = vertexShells
    self.hopping = hopping
    self.coupling = coupling
    self.chemicalPotential = chemicalPotential
    self.temperature = temperature
    self.network = network
    self.home = home
  }

  /// A model of this shape, not yet trained.
  public func makeModel() -> FermionWindow { FermionWindow(self) }
}
