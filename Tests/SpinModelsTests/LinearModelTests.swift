import Lattice
import MonteCarlo
import Randomness
import SpinModels
import Testing

@Suite struct LinearModelTests {
  @Test func fixtureIsThere() { #expect(ReferenceCase.all.count == 15) }

  @Test(arguments: ReferenceCase.all)
  func energyAgreesWithTheReference(_ example: ReferenceCase) throws {
    let effective = example.effective
    let model = LinearModel(offset: effective.offset, couplings: effective.couplings)
    let energy = try model.makeEnergy(on: example.torus).energy(example.field)
    #expect(abs(energy - effective.energyLinear) < 1e-10)
  }

  @Test func refusesShellsThatTheLatticeDoesNotHave() {
    #expect(throws: FieldError.self) { try LinearModel(shells: 6).makeEnergy(on: Torus([4, 4])) }
  }

  @Test func aShellKeepsItsCouplingOnAnotherLattice() throws {
    // Shell 9 of 6 x 6 is the displacement (3, 3), which is shell 11 of 8 x 8.
    let (small, large) = (Torus([6, 6]), Torus([8, 8]))
    #expect(large.shells[11].representative == [3, 3])
    let moved = LinearModel(
      offset: 0, couplings: [Double](repeating: 0, count: 8) + [1], home: small)
    let native = LinearModel(offset: 0, couplings: [Double](repeating: 0, count: 10) + [1])
    let field = randomSpins(large, seed: 3)
    #expect(
      abs(
        try moved.makeEnergy(on: large).energy(field)
          - native.makeEnergy(on: large).energy(field)) < 1e-12)
    #expect(throws: FieldError.self) { try moved.makeEnergy(on: Torus([6, 4])) }
  }

  @Test func samplerKeepsItsEnergyOverManyUpdates() throws {
    // 10^5 single-spin updates.
    let lattice = Torus([6, 6])
    let model = LinearModel(offset: 0.3, couplings: [-0.4, 0.2, 0.1])
    let energy = try model.makeEnergy(on: lattice)
    let sampler = energy.makeLocalSampler(
      from: randomSpins(lattice, seed: 5), temperature: 0.2)
    var random = RandomStream(key: 1, nonce: 2)
    for _ in 0..<2800 { #expect(sampler.sweep(using: &random) == 1) }
    #expect(abs(sampler.energy - energy.energy(sampler.field)) < 1e-10)
    for i in 0..<36 { #expect(abs(norm(sampler.field, i) - 1) < 1e-14) }
  }

  @Test func heatBathOfTwoSpinsHasTheLangevinCorrelation() throws {
    // Two spins, one bond: <S1 . S2> = coth x - 1/x with x = J / T. Mean over 40000 nearly
    // independent sweeps, sigma about 0.0025; the bound is 5 sigma (false alarm below 1e-6).
    let model = LinearModel(offset: 0, couplings: [0.5])
    let lattice = Torus([2, 1])
    let sampler = try model.makeEnergy(on: lattice).makeLocalSampler(
      from: randomSpins(lattice, seed: 9), temperature: 0.25)
    var random = RandomStream(key: 7, nonce: 7)
    var sum = 0.0
    for _ in 0..<40000 {
      _ = sampler.sweep(using: &random)
      sum -= sampler.energy / 0.5
    }
    #expect(abs(sum / 40000 - 0.5373147207) < 0.0125)
  }
}

func randomSpins(_ lattice: Torus, seed: UInt64) -> Field {
  var random = RandomStream(key: seed, nonce: 11)
  return Field(
    places: lattice.sites, components: 3,
    values: (0..<lattice.sites).flatMap { _ in
      let spin = random.unitVector()
      return [spin.x, spin.y, spin.z]
    })
}

func norm(_ field: Field, _ i: Int) -> Double {
  field.values[(3 * i)..<(3 * i + 3)].reduce(0) { $0 + $1 * $1 }.squareRoot()
}
