import EffectiveModels
import Lattice
import MonteCarlo
import Randomness
import Testing

@Suite struct SymmetryTests {
  @Test(arguments: ModelCase.all, [[4, 4], [6, 6]])
  func wholeGroupOfTheLattice(_ example: ModelCase, extents: [Int]) throws {
    let lattice = Torus(extents)
    let energy = try example.model.makeEnergy(on: lattice)
    let field = randomSpins(lattice, seed: 41)
    let reference = energy.energy(field)
    var worst = 0.0
    for element in lattice.pointGroup {
      for translation in lattice.translations {
        let moved = field.permuted { translation[element[$0]] }
        worst = max(worst, abs(energy.energy(moved) - reference))
      }
    }
    #expect((worst < 1e-12 * (10 + abs(reference))) == example.isInvariant)
  }

  @Test(arguments: ModelCase.all)
  func rotationsAndInversionOfTheSpins(_ example: ModelCase) throws {
    let lattice = Torus([4, 4])
    let energy = try example.model.makeEnergy(on: lattice)
    let field = randomSpins(lattice, seed: 42)
    let reference = energy.energy(field)
    var random = RandomStream(key: 8, nonce: 8)
    var worst = 0.0
    for n in 0..<20 {
      let rotated = field.rotated(using: &random, inverted: n % 2 == 1)
      worst = max(worst, abs(energy.energy(rotated) - reference))
    }
    #expect((worst < 1e-12 * (10 + abs(reference))) == example.isInvariant)
  }
}

extension Field {
  func permuted(_ destination: (Int) -> Int) -> Field {
    var result = self
    for i in 0..<sites {
      for c in 0..<components {
        result.values[components * destination(i) + c] = values[components * i + c]
      }
    }
    return result
  }

  /// Every spin through one random orthogonal matrix.
  func rotated(using random: inout RandomStream, inverted: Bool) -> Field {
    let a = random.unitVector()
    let raw = random.unitVector()
    let along = raw - (raw * a).sum() * a
    let b = along / (along * along).sum().squareRoot()
    let c = SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    var result = self
    for i in 0..<sites {
      let s = SIMD3(values[3 * i], values[3 * i + 1], values[3 * i + 2]) * (inverted ? -1 : 1)
      result.values[3 * i] = (a * s).sum()
      result.values[3 * i + 1] = (b * s).sum()
      result.values[3 * i + 2] = (c * s).sum()
    }
    return result
  }
}
