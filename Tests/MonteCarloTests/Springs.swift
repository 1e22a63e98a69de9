import Lattice
import MonteCarlo
import Randomness

/// Independent springs, ln W = -sum x^2 / 2: every number is a normal deviate, so all is known exactly.
struct Springs: PhysicalSystem {
  let lattice: Torus

  init(_ sites: Int) { lattice = Torus([sites]) }

  var shape: FieldShape { FieldShape("springs", on: lattice, components: 1) }
  var space: any FieldSpace { FlatSpace() }
  var temperature: Double { 1 }
  var observables: [Observable] {
    [
      Observable("square", "sum x^2 / N"), Observable("fourth", "sum x^4 / N"),
      Observable("first", unit: "m", "x of the first site"),
    ]
  }

  func randomField(using random: inout RandomStream) -> Field {
    Field(
      places: lattice.sites, components: 1,
      values: (0..<lattice.sites).map { _ in 4 * random.uniform() - 2 })
  }

  func makeAction() -> any Action { SpringAction() }
  func makeMeasurement() -> any Measurement { SpringMeasurement(observables) }
}

final class SpringAction: LocalAction {
  func logWeight(_ field: borrowing Field) -> Double {
    -field.values.reduce(0) { $0 + $1 * $1 } / 2
  }

  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    gradient = field.values.map { -$0 }
    return logWeight(field)
  }

  func change(of field: borrowing Field, at index: Int, to value: Double) -> Double {
    (field.values[index] * field.values[index] - value * value) / 2
  }
}

final class SpringMeasurement: Measurement {
  let observables: [Observable]
  init(_ observables: [Observable]) { self.observables = observables }

  func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    let squares = field.values.map { $0 * $0 }
    let count = Double(squares.count)
    values = [
      squares.reduce(0, +) / count, squares.reduce(0) { $0 + $1 * $1 } / count, field.values[0],
    ]
    return nil
  }
}
