import DoubleExchange
import Foundation
import MonteCarlo
import Testing

@Suite("Pole expansion of the Fermi function")
struct PoleExpansionTests {
  @Test(
    "the stored bound holds between the points it was taken at",
    arguments: [0.3, 2.5, 45, 225, 850], [1e-6, 1e-9, 1e-12])
  func bound(halfWidth: Double, tolerance: Double) {
    let expansion = PoleExpansion.search(halfWidth: halfWidth, tolerance: tolerance)
    #expect(expansion.errorBound <= tolerance)
    let count = 8000
    for k in 1...count {
      // Linear and logarithmic points, none of them Chebyshev's.
      let share = Double(k) / Double(count)
      for y in [halfWidth * share, halfWidth * exp(12 * (share - 1))] {
        let error = abs(expansion(y) - tanh(y))
        if error > expansion.errorBound { Issue.record("error \(error) at \(y)") }
      }
    }
  }

  @Test("poles ascend from pi / 2 and weights are positive")
  func structure() {
    let expansion = PoleExpansion.search(halfWidth: 45, tolerance: 1e-10)
    #expect(abs(expansion.poles[0] - .pi / 2) < 1e-8)
    #expect(expansion.poles == expansion.poles.sorted())
    #expect(expansion.weights.allSatisfy { $0 > 0 })
    #expect(abs(expansion.weights[0] - 2) < 1e-7)
    #expect(expansion.poles.count <= 11)
  }

  @Test("a bound out of reach is refused with the number reached")
  func refusal() throws {
    let cold = try system([2, 2], temperature: 1e-5)
    do {
      _ = try RecordingChain(cold, settings: ExactChainSettings(), random: stream(1))
      Issue.record("accepted")
    } catch {
      #expect(error.parameter == "temperature")
      #expect(error.reason.contains("reaches an error of"))
      #expect(error.reason.contains("raise the temperature"))
    }
    let frozen = try system([2, 2], temperature: 1e-9)
    #expect(throws: ParameterError.self) {
      try RecordingChain(frozen, settings: ExactChainSettings(), random: stream(1))
    }
  }

  @Test("settings no chain can have")
  func settings() throws {
    let system = try system([2, 2])
    var bad = [ExactChainSettings](repeating: ExactChainSettings(), count: 8)
    bad[0].stride = 0
    bad[1].thermalisation = -1
    bad[2].mix = ProposalMix(fresh: 0, rotation: 0, reflection: 1)
    bad[3].mix = ProposalMix(fresh: -1, rotation: 2)
    bad[4].tolerance = 0
    bad[5].method = .replicaExchange
    bad[6].method = .replicaExchange
    bad[6].temperatures = [0.01]
    bad[7].refreshInterval = 0
    for settings in bad {
      #expect(throws: ParameterError.self) {
        try RecordingChain(system, settings: settings, random: stream(1))
      }
    }
    var long = orderedField(system)
    long.setSpin([1, 1, 1], at: 2)
    #expect(throws: ParameterError.self) {
      try RecordingChain(system, settings: ExactChainSettings(), start: long, random: stream(1))
    }
  }
}
