import Glibc
import Lattice
import MonteCarlo
import Randomness

/// An open chain of three unit vectors, ln W = sum over both bonds of linear u + quadratic u^2,
/// u = S_i . S_{i+1}. Both u are independent, each with density ~ exp(linear u + quadratic u^2).
struct ToySystem: PhysicalSystem {
  var linear = 1.5
  var quadratic = -1.0
  var temperature = 1.0
  let lattice = Torus([3])
  var shape: FieldShape { FieldShape("spins", on: lattice, components: 3) }
  var space: any FieldSpace { UnitVectors() }
  var observables: [Observable] { [Observable("first", "S0.S1"), Observable("second", "S1.S2")] }

  func validate(_ field: Field) throws(FieldError) {
    guard field.values.count == 9, field.values.allSatisfy(\.isFinite) else {
      throw FieldError("three unit vectors are needed")
    }
  }

  func randomField(using random: inout RandomStream) -> Field {
    var field = Field(places: 3, components: 3)
    for site in 0..<3 { field.place(random.unitVector(), at: site) }
    return field
  }

  func makeAction() -> any Action { ToyAction(system: self) }
  func makeMeasurement() -> any Measurement { ToyMeasurement(system: self) }
}

final class ToyAction: Action {
  let system: ToySystem
  init(system: ToySystem) { self.system = system }

  func logWeight(_ field: borrowing Field) -> Double {
    -bondEnergy(field.values, linear: system.linear, quadratic: system.quadratic)
  }

  func force(_ field: borrowing Field, into gradient: inout [Double]) -> Double { .nan }
}

final class ToyMeasurement: Measurement {
  let system: ToySystem
  init(system: ToySystem) { self.system = system }
  var observables: [Observable] { system.observables }

  func measure(_ field: borrowing Field, into values: inout [Double]) -> Double? {
    values = [cosine(field.values, 0), cosine(field.values, 1)]
    return nil
  }
}

/// H_eff = -sum (linear u + quadratic u^2), with its own numbers.
struct ToyModel: EffectiveModel {
  var kind: String { "toy" }
  var parameters = ParameterBuffer()
  /// Moves all sites in a fixed order, which is not reversible: a mistake to be caught.
  var fixedOrder = false
  var frozen = false

  init(linear: Double, quadratic: Double = 0) {
    parameters.append("linear", shape: [], filledWith: linear)
    parameters.append("quadratic", shape: [], filledWith: quadratic)
  }

  func makeEnergy(on lattice: Torus) throws(FieldError) -> any EffectiveEnergy {
    guard lattice.sites == 3 else { throw FieldError("the toy model lives on 3 sites") }
    return ToyEnergy(self)
  }
}

final class ToyEnergy: EffectiveEnergy {
  let model: ToyModel
  private(set) var evaluations = 0
  init(_ model: ToyModel) { self.model = model }
  var linear: Double { model.parameters.values[0] }
  var quadratic: Double { model.parameters.values[1] }

  func energy(_ field: borrowing Field) -> Double {
    evaluations += 1
    return bondEnergy(field.values, linear: linear, quadratic: quadratic)
  }

  func fieldGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double {
    for bond in 0..<2 {
      let slope = -(linear + 2 * quadratic * cosine(field.values, bond))
      for c in 0..<3 {
        gradient[3 * bond + c] += scale * slope * field.values[3 * bond + 3 + c]
        gradient[3 * bond + 3 + c] += scale * slope * field.values[3 * bond + c]
      }
    }
    return energy(field)
  }

  func parameterGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double { energy(field) }

  func makeLocalSampler(from field: Field, temperature: Double) -> any LocalSampler {
    quadratic == 0
      ? LinearToySampler(self, field, temperature) : ToySampler(self, field, temperature)
  }
}

/// Metropolis with fresh directions mixed into the old ones.
class ToySampler: LocalSampler {
  let model: ToyEnergy
  let temperature: Double
  var field: Field
  var step: Double? = 0.1
  init(_ model: ToyEnergy, _ field: Field, _ temperature: Double) {
    self.model = model
    self.field = field
    self.temperature = temperature
  }
  var energy: Double { model.energy(field) }
  func reset(to field: borrowing Field) { self.field = copy field }

  func sweep(using random: inout RandomStream) -> Double {
    if model.model.frozen { return 0 }
    let order = model.model.fixedOrder ? [0, 1, 2] : random.permutation(of: 3)
    var accepted = 0.0
    for site in order {
      let old = field
      let kick = random.unitVector() * (step ?? 1)
      field.place(normalised(field.vector(site) + kick), at: site)
      let difference = model.energy(field) - model.energy(old)
      if log(random.uniformOpen()) < -difference / temperature {
        accepted += 1
      } else {
        field = old
      }
    }
    return accepted / 3
  }
}

final class LinearToySampler: ToySampler, OverrelaxingSampler {
  func overrelax(using random: inout RandomStream) {
    for site in random.permutation(of: 3) {
      var axis = SIMD3<Double>()
      if site > 0 { axis += field.vector(site - 1) }
      if site < 2 { axis += field.vector(site + 1) }
      let square = (axis * axis).sum()
      guard square > 0 else { continue }
      let s = field.vector(site)
      field.place(normalised(2 * (s * axis).sum() / square * axis - s), at: site)
    }
  }
}

private func bondEnergy(_ s: [Double], linear: Double, quadratic: Double) -> Double {
  (0..<2).reduce(0) { energy, bond in
    let u = cosine(s, bond)
    return energy - linear * u - quadratic * u * u
  }
}

private func cosine(_ s: [Double], _ bond: Int) -> Double {
  (0..<3).reduce(0) { $0 + s[3 * bond + $1] * s[3 * bond + 3 + $1] }
}

private func normalised(_ v: SIMD3<Double>) -> SIMD3<Double> { v / (v * v).sum().squareRoot() }

extension Field {
  func vector(_ site: Int) -> SIMD3<Double> {
    SIMD3(values[3 * site], values[3 * site + 1], values[3 * site + 2])
  }
  mutating func place(_ v: SIMD3<Double>, at site: Int) {
    for c in 0..<3 { values[3 * site + c] = v[c] }
  }
}
