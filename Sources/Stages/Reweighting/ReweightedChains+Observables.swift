internal import LinearAlgebra
internal import MonteCarlo
internal import Pipeline
internal import Statistics
internal import Values

extension ReweightedChains {
  /// From the least to the largest value of the chains, unless the settings say otherwise.
  var grid: [Double] {
    let range = settings.numbers("range")
    let (low, high) =
      range.count == 2 ? (range[0], range[1]) : (values[0], values[values.count - 1])
    let count = settings["points"]?.integer ?? 2
    return (0..<count).map { low + (high - low) * Double($0) / Double(count - 1) }
  }

  /// An observable, or a function of means, along the grid.
  func curve(of name: String) throws -> (observable: Observable, curve: ReweightedCurve) {
    let grid = grid
    let systems = try grid.map { try common.system(at: $0) }
    let derived = systems.map { $0.derived.first { $0.observable.name == name } }
    let plain = systems[0].observables.first { $0.name == name }
    guard let observable = derived[0]?.observable ?? plain else {
      throw StageFailure("there is no observable `\(name)`")
    }
    let means = derived[0]?.means ?? [[name]]
    let quantities = means.map { factors in columns.map { Self.product(factors, of: $0) } }
    do throws(SeriesError) {
      let curve = try combined.curve(of: quantities, at: grid.count, { logWeights(grid[$0]) }) {
        derived[$0]?.value($1) ?? $1[0]
      }
      return (observable, curve)
    } catch {
      throw StageFailure("\(name): \(error)")
    }
  }

  private func logWeights(_ value: Double) -> [[Double]] {
    slopes.map { run in run.joined().map { (value - values[0]) * $0 } }
  }

  private static func product(
    _ factors: [String], of columns: [String: [[Double]]]
  ) -> [Double] {
    let series = factors.map { Array((columns[$0] ?? []).joined()) }
    return (series.first ?? []).indices.map { i in series.reduce(1) { $0 * $1[i] } }
  }

  /// Why the chains themselves are not to be believed in this observable, a sentence each.
  func doubts(about name: String) throws -> [String] {
    let derived = try common.system(at: values[0]).derived
    let means = derived.first { $0.observable.name == name }?.means.flatMap(\.self)
    return values.indices.flatMap { run -> [String] in
      let named =
        [("d ln W / d \(common.parameter)", slopes[run])]
        + (means ?? [name]).compactMap { part in columns[run][part].map { (part, $0) } }
      let found = named.compactMap { entry in
        (try? SeriesAssessment(replicas: entry.1)).map { (entry.0, $0) }
      }
      let verdicts = ConvergenceVerdict.together(found.map(\.1))
      return zip(found, verdicts).flatMap { entry, verdict in
        verdict.reasons.map {
          "chain at \(Value.spelling(of: values[run])): \(entry.0): \($0)"
        }
      }
    }
  }

  /// Between neighbours in the parameter, the least.
  var smallestOverlap: Double {
    (1..<values.count).map { min(combined.overlap[$0 - 1, $0], combined.overlap[$0, $0 - 1]) }
      .min() ?? 1
  }
}
