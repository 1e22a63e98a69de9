internal import Lattice
public import MonteCarlo

/// Energy, order and stiffness of planar spins.
public final class PlanarSpinMeasurement: Measurement {
  private let system: PlanarSpinSystem
  private let action: PlanarSpinAction
  /// Bonds along the first direction.
  private let bonds: [(from: Int, to: Int)]

  /// With workspace for that system.
  public init(_ system: PlanarSpinSystem) {
    self.system = system
    action = PlanarSpinAction(system)
    let step = [1] + [Int](repeating: 0, count: system.lattice.dimension - 1)
    bonds = (0..<system.lattice.sites).map { ($0, system.lattice.site($0, movedBy: step)) }
  }

  public var observables: [Observable] { PlanarSpinSystem.observables }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    let logWeight = action.logWeight(field)
    let sites = Double(field.places)
    var (total, along, across) = (SIMD2<Double>.zero, 0.0, 0.0)
    for site in 0..<field.places { total += field.planarSpin(at: site) }
    for bond in bonds {
      let (a, b) = (field.planarSpin(at: bond.from), field.planarSpin(at: bond.to))
      along += (a * b).sum()
      across += a.x * b.y - a.y * b.x
    }
    values = [
      -logWeight * system.temperature / (sites * system.coupling),
      (total * total).sum() / (sites * sites),
      (along - system.coupling / system.temperature * across * across) / sites,
    ]
    return logWeight
  }
}
