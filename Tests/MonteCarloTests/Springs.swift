import Lattice
import MonteCarlo
import Randomness

/// Independent springs, ln W = -sum x^2 / 2: every number is a normal deviate, so all is known exactly.
struct Springs: PhysicalSystem {
  let lattice: Torus

  init(_ sites: Int) { lattice = Torus([sites]) }

  var components: Int { 1 }
  var geometry: FieldGeometry { .flat }
  var observables: [Observable] {
    [
      Observable("square", "sum x^2 / N"), Observable("fourth", "sum x^4 / N"),
      Observable("first", unit: "m", "x of the first site"),
    ]
  }

  func validate(_ field: Field) throws(FieldError) {
    guard field.sites == lattice.sites else { throw FieldError("another lattice") }
  }

  func randomField(using random: inout RandomStream) -> Field {
    Field(
      sites: lattice.sites, components: 1,
      values: (0..<lattice.sites).map { _ in 4 * random.uniform() - 2 })
  }

  func makeWeight() -> any ExactWeight { SpringWeight() }
}

final class SpringWeight: LocalWeight {
  func logWeight(_ field: borrowing Field) -> Double {
    -field.values.reduce(0) { $0 + $1 * $1 } / 2
  }

  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double {
    gradient = field.values.map { -$0 }
    return logWeight(field)
  }

  func measure(_ field: borrowing Field, into values: inout [Double]) -> Double {
    let squares = field.values.map { $0 * $0 }
    let count = Double(squares.count)
    values = [
      squares.reduce(0, +) / count, squares.reduce(0) { $0 + $1 * $1 } / count, field.values[0],
    ]
    return logWeight(field)
  }

  func change(of field: borrowing Field, at index: Int, to value: Double) -> Double {
    (field.values[index] * field.values[index] - value * value) / 2
  }
}
