import FileSystem
import Foundation
import HDF5
import Testing

/// `slmc evaluate` on spins as other programs keep them.
@Suite struct EvaluateTests {
  /// Four spins of one configuration, of nearly unit length.
  private func spins(_ scale: (Double) -> Double) -> [Double] {
    (0..<4).flatMap { site -> [Double] in
      let (a, b) = (0.3 + Double(site), 0.7 * Double(site))
      return [sin(a) * cos(b), sin(a) * sin(b), cos(a)].map(scale)
    }
  }

  private func evaluate(_ desk: Desk, _ spins: [Double]) throws -> (answer: Answer, weight: Double?)
  {
    let file = try HDF5File(creating: (desk.folder / "in.h5").description, overwriting: true)
    try file.write(spins, to: "/spins", shape: [1, 4, 3])
    try file.close()
    try desk.write(
      "system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, "
        + "chemicalPotential: 0, temperature: 0.2}\n", to: "f.yaml")
    let answer = try desk.slmc(
      "evaluate", "f.yaml", "--spins", "in.h5:/spins", "--output", "out.h5")
    let weight = try? HDF5File(opening: (desk.folder / "out.h5").description)
      .doubles(at: "/logWeight").first
    return (answer, weight)
  }

  /// Single precision leaves lengths off 1 by 1e-7: mended, and told.
  @Test func singlePrecisionIsNormalisedWithAWord() throws {
    let desk = try Desk()
    let exact = try evaluate(desk, spins { $0 })
    #expect(exact.answer.code == 0 && exact.answer.errors.isEmpty, "\(exact.answer.errors)")
    let rounded = try evaluate(desk, spins { Double(Float($0)) })
    #expect(rounded.answer.code == 0)
    #expect(
      rounded.answer.errors.contains("warning: the spins of 1 of 1 configurations were normalised"),
      "\(rounded.answer.errors)")
    let (a, b) = (try #require(exact.weight), try #require(rounded.weight))
    #expect(abs(a - b) < 1e-5 * abs(a))
  }

  /// More than rounding is a mistake.
  @Test func spinsOfAnotherLengthAreRefused() throws {
    let desk = try Desk()
    let answer = try evaluate(desk, spins { 1.001 * $0 }).answer
    #expect(answer.code == 2 && answer.errors.contains("configuration 0"), "\(answer.errors)")
  }
}
