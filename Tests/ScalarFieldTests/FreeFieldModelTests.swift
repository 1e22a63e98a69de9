import Lattice
import MonteCarlo
import Randomness
import ScalarField
import SpinModels
import Testing

@Suite struct FreeFieldModelTests {
  static func model(_ values: [Double]) -> FreeFieldModel {
    var model = FreeFieldModel(shells: values.count - 2)
    model.parameters.values = values
    return model
  }

  /// With A = d + m^2/2 and K_1 = 1 it is the free action itself.
  @Test func isTheFreeActionItself() throws {
    let system = try ScalarFieldSystem(extents: [4, 3], massSquared: 0.6, lambda: 0)
    let energy = try Self.model([0.25, 2.3, 1, 1]).makeEnergy(on: system.lattice)
    let weight = ScalarFieldAction(system)
    var random = RandomStream(key: 3, nonce: 3)
    for _ in 0..<5 {
      let field = system.randomField(using: &random)
      // Shells 1 and 2 of 4 x 3 are the bonds along the two directions.
      #expect(abs(energy.energy(field) - 0.25 + weight.logWeight(field)) < 1e-12)
    }
  }

  @Test func gradientsAreDerivatives() throws {
    let lattice = Torus([4, 4])
    let values = [0.1, 2.2, 0.9, -0.2]
    let energy = try Self.model(values).makeEnergy(on: lattice)
    var random = RandomStream(key: 4, nonce: 4)
    var field = Field(places: 16, components: 1)
    for site in 0..<16 { field.values[site] = random.normalPair().0 }
    var slope = [Double](repeating: 0, count: 16)
    _ = energy.fieldGradient(field, scale: 1, into: &slope)
    let step = 1e-5
    for site in 0..<16 {
      var (up, down) = (field, field)
      up.values[site] += step
      down.values[site] -= step
      let difference = (energy.energy(up) - energy.energy(down)) / (2 * step)
      #expect(abs(slope[site] - difference) < 1e-7)
    }
    var byParameter = [Double](repeating: 0, count: values.count)
    _ = energy.parameterGradient(field, scale: 1, into: &byParameter)
    for p in values.indices {
      var (up, down) = (values, values)
      up[p] += step
      down[p] -= step
      let high = try Self.model(up).makeEnergy(on: lattice).energy(field)
      let low = try Self.model(down).makeEnergy(on: lattice).energy(field)
      #expect(abs(byParameter[p] - (high - low) / (2 * step)) < 1e-7)
    }
  }

  /// The heat bath keeps exp(-H/T): at lambda = 0 the identity <sum phi dH/dphi> = N T holds on it.
  /// 20,000 sweeps with tau of about 3: the tolerance is more than six standard errors.
  @Test func heatBathKeepsItsEnsemble() throws {
    let lattice = Torus([4, 4])
    let energy = try Self.model([0, 2.4, 1]).makeEnergy(on: lattice)
    let sampler = energy.makeLocalSampler(from: Field(places: 16, components: 1), temperature: 0.5)
    var random = RandomStream(key: 8, nonce: 8)
    var sum = 0.0
    for sweep in 0..<20_500 {
      #expect(sampler.sweep(using: &random) == 1)
      if sweep >= 500 { sum += sampler.energy }
    }
    // <H> = N T / 2 for a quadratic form.
    #expect(abs(sum / 20_000 - 4) < 0.12)
  }

  @Test func aFormWithoutMinimumStaysPut() throws {
    let energy = try Self.model([0, -1, 1]).makeEnergy(on: Torus([2, 2]))
    let field = Field(places: 4, components: 1, values: [1, 2, 3, 4])
    let sampler = energy.makeLocalSampler(from: field, temperature: 1)
    var random = RandomStream(key: 8, nonce: 8)
    #expect(sampler.sweep(using: &random) == 0)
    #expect(sampler.field == field)
  }
}
