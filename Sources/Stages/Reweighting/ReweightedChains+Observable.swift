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

  /// Observables, or functions of means, along the grid: all at once, for they share the weights.
  func curves(of names: [String]) throws -> [(observable: Observable, curve: ReweightedCurve)] {
    let grid = grid
    let systems = try grid.map { try common.system(at: $0) }
    let definitions = try names.map { try Definition($0, systems) }
    let quantities = definitions.flatMap(\.means).map { factors in
      columns.map { Self.product(factors, of: $0) }
    }
    do throws(SeriesError) {
      let curves = try combined.curves(of: quantities, at: grid.count, { logWeights(grid[$0]) }) {
        target, means in
        var rest = means[...]
        return definitions.map { definition in
          defer { rest = rest.dropFirst(definition.means.count) }
          return definition.value(target, Array(rest.prefix(definition.means.count)))
        }
      }
      return zip(definitions, curves).map { ($0.observable, $1) }
    } catch {
      throw StageFailure("\(error)")
    }
  }

  /// What a name means at every point of the grid.
  private struct Definition {
    let observable: Observable
    let means: [[String]]
    /// At each point; nil where it is a mean itself.
    let derived: [DerivedObservable?]

    init(_ name: String, _ systems: [any PhysicalSystem]) throws {
      derived = systems.map { $0.derived.first { $0.observable.name == name } }
      let plain = systems.first?.observables.first { $0.name == name }
      guard let observable = derived.first??.observable ?? plain else {
        throw StageFailure("there is no observable `\(name)`")
      }
      self.observable = observable
      means = derived.first??.means ?? [[name]]
    }

    func value(_ target: Int, _ means: [Double]) -> Double {
      derived[target]?.value(means) ?? means[0]
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
    let means = try common.system(at: values[0]).recorded(behind: name)
    return values.indices.flatMap { run -> [String] in
      let named =
        [("d ln W / d \(common.parameter)", slopes[run])]
        + means.compactMap { part in columns[run][part].map { (part, $0) } }
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
