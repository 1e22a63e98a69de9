public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// The free field as a model of an interacting one, for fields with one number per site:
///
///     H_eff = E0 + A sum_x phi_x^2 - sum_{k=1..n} K_k sum_{<xy>_k} phi_x phi_y
///
/// every unordered pair of shell k once.
public struct FreeFieldModel: TrainableModel {
  public let kind = "free-field"
  /// How many shells of neighbours carry a coupling.
  public let shells: Int
  public var parameters = ParameterBuffer()

  /// A model with all numbers at 0.
  public init(shells: Int) {
    precondition(shells >= 0)
    self.shells = shells
    parameters.append("offset", shape: [1])
    parameters.append("stiffness", shape: [1])
    parameters.append("couplings", shape: [shells])
  }

  public var components: Int { 1 }

  /// H_eff is linear in all of them, so least squares finds them at once …
  public var linearParameters: [Int] { Array(parameters.values.indices) }

  /// … and they need no start.
  public mutating func initialize(using random: inout RandomStream) {}

  /// The square and one product a shell at every site.
  public func multiplications(on lattice: Torus) -> Int { (shells + 1) * lattice.sites }

  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    let table = try ShellTable(lattice, home: lattice, shells: shells)
    return LaneEnergy(FreeFieldKernel(table), parameters: parameters.values) { energy, field, t in
      FreeFieldSampler(energy, table, field: field, temperature: t)
    }
  }
}
