public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// H_eff = E0 - sum_{k=1..n} J_k sum_{<ij>_k} S_i . S_j, every unordered pair of shell k once.
public struct LinearModel: TrainableModel {
  public let kind = "linear"
  /// How many shells carry a coupling.
  public let shells: Int
  /// The lattice that numbers the shells; nil: the lattice at hand.
  public let home: Torus?
  public var parameters: ParameterBuffer

  /// A model with all couplings at 0.
  public init(shells: Int, home: Torus? = nil) {
    precondition(shells >= 0)
    self.shells = shells
    self.home = home
    parameters = ParameterBuffer()
    parameters.append("offset", shape: [1])
    parameters.append("couplings", shape: [shells])
  }

  /// With numbers.
  public init(offset: Double, couplings: [Double], home: Torus? = nil) {
    self.init(shells: couplings.count, home: home)
    parameters.values = [offset] + couplings
  }

  public var components: Int { 3 }

  public var linearParameters: [Int] { Array(0...shells) }

  /// A linear model needs no start: its fit is exact.
  public mutating func initialize(using random: inout RandomStream) {}

  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let table = try ShellTable(lattice, home: home ?? lattice, shells: shells)
    return LaneEnergy(LinearKernel(table), parameters: parameters.values) { energy, field, t in
      HeatBathSampler(table, parameters: energy.parameters, field: field, temperature: t)
    }
  }
}

/// What a linear model is made of, apart from its numbers.
public struct LinearArchitecture: Sendable, Equatable {
  /// How many shells of neighbours carry a coupling.
  public var shells: Int
  /// The lattice that numbers the shells; nil: the lattice at hand.
  public var home: Torus?

  /// The shape of a model.
  public init(shells: Int, home: Torus? = nil) {
    self.shells = shells
    self.home = home
  }

  /// A model of this shape, not yet trained.
  public func makeModel() -> LinearModel { LinearModel(shells: shells, home: home) }
}
