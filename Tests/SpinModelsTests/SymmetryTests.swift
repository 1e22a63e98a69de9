import Lattice
import MonteCarlo
import Randomness
import SpinModels
import Testing

/// Every kind of model under every operation: invariant where it says so, and not elsewhere, so that
/// no test can pass because the energy depends on nothing.
@Suite struct SymmetryTests {
  @Test(arguments: ModelCase.ofAnyField, [[4, 4], [6, 6]])
  func everySymmetryOfTheLattice(_ example: ModelCase, extents: [Int]) throws {
    let lattice = Torus(extents)
    let (elements, translations) = (lattice.pointGroup, lattice.translations)
    #expect(elements.count == 8 && translations.count == lattice.sites)
    try expect(example, lattice, .translations) { field in
      translations.map { translation in field.permuted { translation[$0] } }
    }
    try expect(example, lattice, .pointGroup) { field in
      elements.map { element in field.permuted { element[$0] } }
    }
    guard example.symmetries.isSuperset(of: [.translations, .pointGroup]) else { return }
    try expect(example, lattice, [.translations, .pointGroup]) { field in
      elements.flatMap { element in
        translations.map { translation in field.permuted { translation[element[$0]] } }
      }
    }
  }

  @Test(arguments: ModelCase.ofAnyField, [[4, 4], [6, 6]])
  func rotationsAndInversionOfTheSpins(_ example: ModelCase, extents: [Int]) throws {
    let lattice = Torus(extents)
    var random = RandomStream(key: 8, nonce: 8)
    try expect(example, lattice, .inversion) { [$0.inverted] }
    guard example.model.components == 3 else { return }
    try expect(example, lattice, .rotations) { field in
      (0..<20).map { _ in field.rotated(using: &random) }
    }
    // Reflections and rotary reflections: the improper half of O(3).
    guard example.symmetries.isSuperset(of: [.rotations, .inversion]) else { return }
    try expect(example, lattice, [.rotations, .inversion]) { field in
      (0..<20).map { _ in field.rotated(using: &random).inverted }
    }
  }

  /// Compares the energies of the moved fields, to 1e-12 relative to 10 + |H|, with the claim.
  private func expect(
    _ example: ModelCase, _ lattice: Torus, _ symmetry: Symmetries, _ move: (Field) -> [Field]
  ) throws {
    let energy = try example.model.makeEnergy(on: lattice)
    let field = example.field(on: lattice, seed: 41)
    let reference = energy.energy(field)
    let worst = move(field).map { abs(energy.energy($0) - reference) }.max() ?? .nan
    let holds = worst < 1e-12 * (10 + abs(reference))
    #expect(holds == example.symmetries.isSuperset(of: symmetry), "off by \(worst)")
  }
}

extension Field {
  func permuted(_ destination: (Int) -> Int) -> Field {
    var result = self
    for i in 0..<places {
      for c in 0..<components {
        result.values[components * destination(i) + c] = values[components * i + c]
      }
    }
    return result
  }

  var inverted: Field {
    var result = self
    for i in values.indices { result.values[i] = -values[i] }
    return result
  }

  /// Every spin through one random rotation.
  func rotated(using random: inout RandomStream) -> Field {
    let a = random.unitVector()
    let raw = random.unitVector()
    let along = raw - (raw * a).sum() * a
    let b = along / (along * along).sum().squareRoot()
    let c = SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    var result = self
    for i in 0..<places {
      let s = SIMD3(values[3 * i], values[3 * i + 1], values[3 * i + 2])
      result.values[3 * i] = (a * s).sum()
      result.values[3 * i + 1] = (b * s).sum()
      result.values[3 * i + 2] = (c * s).sum()
    }
    return result
  }
}
