public import MonteCarlo

/// Moments of the field and the identity that checks every run.
public final class ScalarFieldMeasurement: Measurement {
  private let action: ScalarFieldAction
  private var gradient: [Double] = []

  /// With workspace for that system.
  public init(_ system: ScalarFieldSystem) { action = ScalarFieldAction(system) }

  public var observables: [Observable] { ScalarFieldSystem.observables }

  public func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    let logWeight = action.force(field, into: &gradient)
    let count = Double(field.places)
    var (sum, square, virial) = (0.0, 0.0, 0.0)
    for site in field.values.indices {
      let phi = field.values[site]
      sum += phi
      square += phi * phi
      virial -= phi * gradient[site]
    }
    let order = abs(sum) / count
    values = [
      -logWeight / count, order, order * order, order * order * order * order, square / count,
      virial / count,
    ]
    return logWeight
  }
}
