internal import Reporting
internal import Statistics
package import Values

extension ObservableComparison.Entry {
  /// The verdict with what stands behind it.
  package var verdictText: String {
    switch verdict {
    case .underpowered:
      if pair.first.isConverged == false || pair.second.isConverged == false {
        "underpowered: not converged"
      } else {
        "underpowered: could not have seen a shift of \(shiftText)"
      }
    case .inconsistent, .consistent, .identical: verdict?.rawValue ?? ""
    case nil: pair.isJudged ? "differs, without errors" : "differs; of the sampler"
    }
  }

  private var shiftText: String {
    pair.resolution.map { ValueNotation($0).plainText } ?? "any size"
  }

  package var json: Value {
    func side(_ value: MeasuredValue) -> Value {
      .record([
        "value": .number(value.value), "error": value.error.map(Value.number) ?? .null,
        "converged": value.isConverged.map(Value.boolean) ?? .null,
      ])
    }
    return .record([
      "name": .text(pair.name), "first": side(pair.first), "second": side(pair.second),
      "z": z.map(Value.number) ?? .null,
      "probability": comparison.map { .number($0.adjustedProbability) } ?? .null,
      "smallestShift": smallestShift.map(Value.number) ?? .null,
      "verdict": verdict.map { .text($0.rawValue) } ?? .null,
    ])
  }
}
