import DoubleExchange
import Foundation
import Lattice
import MonteCarlo
import Randomness

/// One configuration of the independent reference computation.
struct ReferenceCase: Decodable, Sendable {
  let lattice: [Int]
  let hopping: Double
  let coupling: Double
  let temperature: Double
  let chemicalPotential: Double
  let kind: String
  let spins: [[Double]]
  let levels: [Double]
  let logWeight: Double

  var name: String {
    "\(lattice) J=\(coupling) mu=\(chemicalPotential) T=\(temperature) \(kind)"
  }

  var field: Field { Field(places: spins.count, components: 3, values: spins.flatMap { $0 }) }

  func system() throws -> DoubleExchangeSystem {
    try DoubleExchangeSystem(
      extents: lattice, hopping: hopping, coupling: coupling,
      chemicalPotential: chemicalPotential, temperature: temperature)
  }

  static func all() throws -> [ReferenceCase] {
    struct File: Decodable { let cases: [ReferenceCase] }
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/double-exchange.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

/// A system at the point of the reference table unless said otherwise.
func system(
  _ extents: [Int], hopping: Double = 1, coupling: Double = 1, mu: Double = 0,
  temperature: Double = 0.05
) throws -> DoubleExchangeSystem {
  try DoubleExchangeSystem(
    extents: extents, hopping: hopping, coupling: coupling, chemicalPotential: mu,
    temperature: temperature)
}

func stream(_ seed: UInt64) -> RandomStream { RandomStream(key: seed, nonce: 0xde) }

/// A field drawn from the uniform measure.
func randomField(_ system: DoubleExchangeSystem, seed: UInt64) -> Field {
  var random = stream(seed)
  return system.randomField(using: &random)
}

/// All spins along z, or alternating.
func orderedField(_ system: DoubleExchangeSystem, staggered: Bool = false) -> Field {
  var field = Field(places: system.lattice.sites, components: 3)
  for (site, sign) in system.lattice.staggering.enumerated() {
    field.setSpin([0, 0, staggered ? sign : 1], at: site)
  }
  return field
}
