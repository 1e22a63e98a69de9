public import Lattice
public import Models
public import MonteCarlo
public import Randomness

/// H_eff = E0 - K sum over bonds of s_i . s_j: the smallest effective model that can be trained.
public struct PlanarLinearModel: TrainableModel {
  public let kind = "planar-linear"
  public var parameters = ParameterBuffer()

  public init() {
    parameters.append("offset", shape: [1])
    parameters.append("coupling", shape: [1])
  }

  public var components: Int { 2 }
  public var linearParameters: [Int] { [0, 1] }
  public func multiplications(on lattice: Torus) -> Int { 2 * lattice.bonds.count }
  public mutating func initialize(using random: inout RandomStream) {}

  public func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy {
    try PlanarLinearEnergy(parameters.values, on: lattice)
  }
}

/// -sum of s_i . s_j is the energy of the system at J = T = 1, so its action does the work.
final class PlanarLinearEnergy: BatchEnergy {
  var parameters: [Double]
  let blank: Field
  private let bonds: PlanarSpinAction

  init(_ parameters: [Double], on lattice: Torus) throws(FieldError) {
    self.parameters = parameters
    let unit = try PlanarSpinSystem(extents: lattice.extents, coupling: 1, temperature: 1)
    bonds = PlanarSpinAction(unit)
    blank = unit.shape.zero
  }

  func energy(_ field: borrowing Field) -> Double {
    parameters[0] - parameters[1] * bonds.logWeight(field)
  }

  func fieldGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double {
    var pulls: [Double] = []
    let sum = bonds.force(field, into: &pulls)
    for i in pulls.indices { gradient[i] -= scale * parameters[1] * pulls[i] }
    return parameters[0] - parameters[1] * sum
  }

  func parameterGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double {
    let sum = bonds.logWeight(field)
    gradient[0] += scale
    gradient[1] -= scale * sum
    return parameters[0] - parameters[1] * sum
  }

  func makeLocalSampler(from field: Field, temperature: Double) -> any LocalSampler {
    PlanarSampler(self, bonds, from: field, temperature: temperature)
  }
}
