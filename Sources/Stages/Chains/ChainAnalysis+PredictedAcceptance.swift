internal import HDF5
internal import Pipeline
internal import Statistics

extension ChainAnalysis {
  /// Gaussian ln W - ln W_eff of spread sigma is accepted with probability erfc(sigma/2); both with
  /// jackknife errors over blocks much longer than the autocorrelation of the residual.
  mutating func predictAcceptance(_ chain: HDF5File) throws {
    guard try chain.exists("/chain/logWeightEffective"),
      let exact = try series("/chain/logWeight", of: chain),
      let effective = try series("/chain/logWeightEffective", of: chain)
    else { return }
    let residuals = zip(exact, effective).map { zip($0, $1).map(-) }
    let count = residuals.reduce(0) { $0 + $1.count }
    let mean = residuals.joined().reduce(0, +) / Double(max(count, 1))
    let squares = residuals.map { $0.map { ($0 - mean) * ($0 - mean) } }
    let variance = squares.joined().reduce(0, +) / Double(max(count - 1, 1))
    let tau = (try? AutocorrelationAnalysis(replicas: squares))?.tau ?? 0.5
    let blocks = try? BlockedSeries(
      quantities: [squares],
      blockLength: BlockedSeries.suggestedLength(tau: tau, count: count))
    let parts = ["logWeight", "logWeightEffective"]
    let doubts = results.filter { parts.contains($0.name) }.flatMap(\.doubts)
    func add(_ quantity: Quantity, _ summary: String, _ value: (Double) -> Double) {
      let sigma = variance.squareRoot()
      let estimate = blocks?.jackknife { value($0[0].squareRoot()) }
      results.append(
        Result(
          name: quantity.name, symbol: quantity.symbol, value: value(sigma),
          error: estimate?.error, unit: "1", summary: summary, doubts: doubts))
    }
    add(
      AnalysisNames.acceptancePredicted,
      "erfc(sigma/2), the acceptance of independent Gaussian proposals"
    ) { gaussianAcceptance(residual: $0) }
    add(
      AnalysisNames.residualSigma, "standard deviation of ln W - ln W_eff over the chain"
    ) { $0 }
  }
}
