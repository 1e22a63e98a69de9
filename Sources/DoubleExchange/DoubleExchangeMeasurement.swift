internal import Lattice
public import MonteCarlo

/// Observables of spins and fermions by one diagonalisation, which tells ln W too.
public final class DoubleExchangeMeasurement: Measurement {
  public let observables: [Observable]
  private let weight: DoubleExchangeWeight
  private let spins: SpinObservables
  private let bins: Int
  private let structureFactor: StructureFactor?

  /// - Parameters:
  ///   - levelBins: bins of the histogram of the levels; 0 for none.
  ///   - structureFactor: whether S(q) is measured at every q.
  public init(
    _ system: DoubleExchangeSystem, levelBins: Int = 0, structureFactor: Bool = false
  ) {
    weight = DoubleExchangeWeight(system, route: .levels)
    spins = SpinObservables(system.lattice)
    bins = levelBins
    self.structureFactor = structureFactor ? StructureFactor(system.lattice) : nil
    observables = Self.observables(
      of: system, levelBins: levelBins, structureFactor: structureFactor)
  }

  /// What it measures, for whoever has to know without its workspace.
  public static func observables(
    of system: DoubleExchangeSystem, levelBins: Int, structureFactor: Bool
  ) -> [Observable] {
    system.observables + (levelBins > 0 ? [DensityOfStates.observable(bins: levelBins)] : [])
      + (structureFactor ? [StructureFactor.observable(on: system.lattice)] : [])
  }

  public var logWeightSummary: String { "ln W of the configuration, by diagonalisation" }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    let logWeight = weight.logWeightByLevels(of: field)
    guard !logWeight.isNaN else {
      values = observables.flatMap { [Double](repeating: .nan, count: $0.width) }
      return logWeight
    }
    values.removeAll(keepingCapacity: true)
    spins.measure(field, into: &values)
    FermionObservables.measure(weight.levels, weight.system, into: &values)
    if bins > 0 {
      var histogram = DensityOfStates(weight.system, bins: bins)
      histogram.add(weight.levels)
      values += histogram.density
    }
    if let structureFactor { values += structureFactor(field) }
    return logWeight
  }
}
