import DoubleExchange
import MonteCarlo
import Testing

@Suite("Bad input is refused with the reason")
struct BadInputTests {
  @Test(
    "parameters",
    arguments: [
      ([4, 4], 1.0, 1.0, 0.0, 0.0, "temperature: must be positive, not 0.0"),
      ([4, 4], 1.0, 1.0, 0.0, -1.0, "temperature: must be positive, not -1.0"),
      ([4, 4], 1.0, 1.0, 0.0, .nan, "temperature: must be a finite number, not nan"),
      ([4, 4], 1.0, .infinity, 0.0, 1.0, "coupling: must be a finite number, not inf"),
      ([4, 4], .nan, 1.0, 0.0, 1.0, "hopping: must be a finite number, not nan"),
      ([4, 4], 1.0, 1.0, -.infinity, 1.0, "chemicalPotential: must be a finite number, not -inf"),
      ([4, 0], 1.0, 1.0, 0.0, 1.0, "lattice: every extent must be at least 1, not [4, 0]"),
      ([-3, 4], 1.0, 1.0, 0.0, 1.0, "lattice: every extent must be at least 1, not [-3, 4]"),
      ([], 1.0, 1.0, 0.0, 1.0, "lattice: every extent must be at least 1, not []"),
      (
        [4096, 4096], 1.0, 1.0, 0.0, 1.0,
        "lattice: [4096, 4096] has more sites than a matrix of 2N x 2N can hold"
      ),
    ] as [([Int], Double, Double, Double, Double, String)])
  func parameters(row: ([Int], Double, Double, Double, Double, String)) {
    do {
      _ = try DoubleExchangeSystem(
        extents: row.0, hopping: row.1, coupling: row.2, chemicalPotential: row.3,
        temperature: row.4)
      Issue.record("accepted: \(row)")
    } catch {
      #expect(error.description == row.5)
    }
  }

  @Test("fields: size, norm, NaN, each with the site")
  func fields() throws {
    let system = try system([2, 2])
    let good = orderedField(system)
    try system.validate(good)
    var long = good
    long.setSpin([0, 0, 2], at: 3)
    var missing = good
    missing.setSpin([.nan, 0, 1], at: 1)
    let cases = [
      (long, "the spin at site 3 has norm 2.0, not 1"),
      (missing, "the spin at site 1 is not finite: nan, 0.0, 1.0"),
      (
        Field(places: 3, components: 3),
        "the lattice has 4 sites for spins, this field has 3"
      ),
      (Field(places: 4, components: 1), "spins have 3 components at a site, this field has 1"),
    ]
    for (field, message) in cases {
      #expect(throws: FieldError(message)) { try system.validate(field) }
    }
  }
}
