import Randomness
import Statistics
import Testing

@Suite struct AutocorrelationErrorTests {
  /// rho(t) of AR(1) series against a^t in units of the stated errors: 200 series, so that the mean
  /// square has the relative error 0.1 for independent series; 5 of these. False alarms below 1e-5
  /// for each of the three lags.
  @Test(arguments: [1, 3, 8]) func pullsAreOne(lag: Int) throws {
    var random = RandomStream(key: 31, nonce: UInt64(lag))
    let series = AutoregressiveSeries(tau: 4)
    var square = 0.0
    for _ in 0..<200 {
      let samples = series.sample(8000, using: &random)
      let rho = try AutocorrelationAnalysis(replicas: [samples]).rho
      let error = autocorrelationErrors(rho, samples: Double(samples.count))[lag]
      let pull = (rho[lag] - series.rho(lag + 1)[lag]) / error
      square += pull * pull / 200
    }
    #expect(abs(square - 1) < 0.5, "\(square)")
  }

  /// For white noise every lag has the error 1/sqrt(n), and the first has none.
  @Test func whiteNoise() {
    let errors = autocorrelationErrors([1, 0, 0, 0, 0, 0], samples: 400)
    #expect(errors[0] == 0)
    for error in errors.dropFirst() { #expect(abs(error - 0.05) < 1e-12) }
  }
}
