import Foundation
import Lattice
import MonteCarlo

/// The independently computed configurations of Tests/Fixtures/double-exchange.json.
struct ReferenceCase: Decodable, CustomStringConvertible {
  struct Effective: Decodable {
    let couplings: [Double]
    let offset: Double
    let layers: [[[Double]]]
    let energyLinear: Double
    let energyAttentionReLU: Double
    let energyAttentionSoftmax: Double
  }

  let lattice: [Int]
  let kind: String
  let coupling: Double
  let temperature: Double
  let spins: [[Double]]
  let effective: Effective

  var torus: Torus { Torus(lattice) }
  var field: Field { Field(places: spins.count, components: 3, values: spins.flatMap { $0 }) }
  var description: String { "\(lattice) T=\(temperature) J=\(coupling) \(kind)" }

  static let all: [ReferenceCase] = {
    struct File: Decodable { let cases: [ReferenceCase] }
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/double-exchange.json")
    guard let data = try? Data(contentsOf: path) else { return [] }
    return (try? JSONDecoder().decode(File.self, from: data))?.cases ?? []
  }()
}
