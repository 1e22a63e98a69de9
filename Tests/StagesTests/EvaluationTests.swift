import Diagnostics
import FileSystem
import Foundation
import HDF5
import ScratchFolders
import Stages
import Testing
import Theories
import YAML

/// One case of the independent reference: spins with what numpy found for them.
struct ReferenceCase: Decodable {
  struct Effective: Decodable {
    let couplings: [Double]
    let offset: Double
    let layers: [[[Double]]]
    let energyLinear: Double
    let energyAttentionReLU: Double
    let energyAttentionSoftmax: Double
  }

  let lattice: [Int]
  let hopping: Double
  let coupling: Double
  let temperature: Double
  let chemicalPotential: Double
  let spins: [[Double]]
  let levels: [Double]
  let logWeight: Double
  let effective: Effective

  static func all() throws -> [ReferenceCase] {
    struct File: Decodable { let cases: [ReferenceCase] }
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/double-exchange.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: path)).cases
  }

  func fragment(model: String) -> String {
    """
    system: {kind: double-exchange, lattice: \(lattice), hopping: \(hopping), coupling: \(coupling),
      chemicalPotential: \(chemicalPotential), temperature: \(temperature)}
    model: \(model)
    """
  }
}

@Suite("slmc evaluate on configurations of one's own")
struct EvaluationTests {
  init() { NumericalLibraries.prepare() }

  /// Evaluates one reference case and returns the file that was written.
  private func evaluate(_ one: ReferenceCase, model: String) throws -> HDF5File {
    let folder = try ScratchFolder()
    let input = "\(folder.path)/in.h5"
    let source = try HDF5File(creating: input)
    try source.write(
      one.spins.flatMap { $0 }, to: "/spins", shape: [1, one.spins.count, 3])
    try source.close()
    let output = "\(folder.path)/out.h5"
    let node = try YAML.parse(text: one.fragment(model: model), file: "fragment")
    try Evaluation(fragment: node, .standard).run(input: input, dataset: "/spins", output: output)
    return try HDF5File(image: Path(output).read())
  }

  @Test("ln W, levels and linear energies of every reference case")
  func linear() throws {
    for one in try ReferenceCase.all() {
      let effective = one.effective
      let file = try evaluate(
        one,
        model: "{kind: linear, couplings: \(effective.couplings), offset: \(effective.offset)}")
      let logWeight = try #require(try file.doubles(at: "/logWeight").first)
      #expect(abs(logWeight - one.logWeight) <= 1e-9 * abs(one.logWeight))
      for (level, expected) in zip(try file.doubles(at: "/levels"), one.levels) {
        #expect(abs(level - expected) < 1e-10)
      }
      let energy = try #require(try file.doubles(at: "/effectiveEnergy").first)
      #expect(abs(energy - effective.energyLinear) < 1e-10)
    }
  }

  @Test("attention energies of every reference case", arguments: ["relu", "softmax"])
  func attention(activation: String) throws {
    for one in try ReferenceCase.all() {
      let effective = one.effective
      let file = try evaluate(
        one,
        model: "{kind: attention, activation: \(activation), couplings: \(effective.couplings), "
          + "offset: \(effective.offset), layers: \(effective.layers)}")
      let energy = try #require(try file.doubles(at: "/effectiveEnergy").first)
      let expected =
        activation == "relu" ? effective.energyAttentionReLU : effective.energyAttentionSoftmax
      #expect(abs(energy - expected) < 1e-10)
    }
  }

  @Test("spins that are not of unit norm are named")
  func badSpins() throws {
    let one = try #require(try ReferenceCase.all().first)
    let folder = try ScratchFolder()
    let source = try HDF5File(creating: "\(folder.path)/in.h5")
    var spins = one.spins.flatMap { $0 }
    spins[3] += 0.1
    try source.write(spins, to: "/spins", shape: [1, one.spins.count, 3])
    try source.close()
    let node = try YAML.parse(
      text: one.fragment(model: "{kind: linear, couplings: []}"), file: "fragment")
    let evaluation = try Evaluation(fragment: node, .standard)
    #expect {
      try evaluation.run(
        input: "\(folder.path)/in.h5", dataset: "/spins", output: "\(folder.path)/out.h5")
    } throws: { error in
      "\(error)".contains("configuration 0") && "\(error)".contains("site 1")
    }
  }

  @Test("a wrong fragment names its mistakes with their places")
  func badFragment() throws {
    let node = try YAML.parse(
      text: "system: {kind: double-exchange, latice: [4, 4], temperature: 0}", file: "f.yaml")
    #expect {
      try Evaluation(fragment: node, .standard)
    } throws: { error in
      let text = "\(error)"
      return text.contains("f.yaml:1:33: error: unknown key `latice`")
        && text.contains("did you mean `lattice`?") && text.contains("`system.temperature` is `0`")
    }
  }
}
