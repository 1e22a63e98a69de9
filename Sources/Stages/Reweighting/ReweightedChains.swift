internal import Artifacts
internal import FileSystem
internal import HDF5
internal import MonteCarlo
internal import Pipeline
internal import Statistics
internal import Values

/// Several chains of one system as one: the samples of each with their weights at all parameters.
struct ReweightedChains {
  let common: SystemFamily
  let settings: Record
  /// Ascending in the parameter.
  let values: [Double]
  /// Of each chain, by name, the replicas of each observable that is needed.
  let columns: [[String: [[Double]]]]
  /// d ln W / d parameter of each sample of each chain.
  let slopes: [[[Double]]]
  let combined: MultiHistogram

  init(
    _ inputs: [Job.Input], _ settings: Record, observables: [String],
    _ book: TheoryBook
  ) throws {
    let systems = inputs.compactMap { $0.metadata.parameters["system"]?.record }
    let common = try SystemFamily(systems, book)
    guard systems.count == inputs.count else {
      throw StageFailure("a chain does not say of which system it is")
    }
    self.common = common
    self.settings = settings
    let order = inputs.indices.sorted { common.values[$0] < common.values[$1] }
    values = order.map { common.values[$0] }
    let discard = settings["discard"]?.integer ?? 0
    let needed = try Self.needed(observables, common)
    var (columns, slopes): ([[String: [[Double]]]], [[[Double]]]) = ([], [])
    for place in order {
      let chain = try HDF5File(opening: inputs[place].data.description)
      let conjugate = try common.conjugate(at: common.values[place])
      var found: [String: [[Double]]] = [:]
      for name in needed.union(conjugate.terms.map(\.observable)) {
        found[name] = try Self.replicas(name, of: chain, discard: discard)
      }
      columns.append(found)
      slopes.append(Self.slope(conjugate, found))
    }
    (self.columns, self.slopes) = (columns, slopes)
    combined = try Self.combine(slopes, columns, values, blocks: settings["blocks"]?.integer ?? 2)
  }

  private static func needed(
    _ observables: [String], _ common: SystemFamily
  ) throws -> Set<String> {
    let system = try common.system(at: common.values[0])
    return Set(observables.flatMap(system.recorded(behind:)))
  }

  private static func replicas(
    _ name: String, of chain: HDF5File, discard: Int
  ) throws -> [[Double]] {
    let series = try ChainSeries.read(name, from: chain)
    return try series.replicas.map { replica in
      guard discard < replica.count else {
        throw StageFailure(
          "reweighting.discard is \(discard), but a chain has \(replica.count) rows")
      }
      return Array(replica[discard...])
    }
  }

  private static func slope(
    _ conjugate: Conjugate, _ columns: [String: [[Double]]]
  ) -> [[Double]] {
    let parts = conjugate.terms.map { ($0.factor, columns[$0.observable] ?? []) }
    return (parts.first?.1 ?? []).indices.map { replica in
      parts[0].1[replica].indices.map { step in
        parts.reduce(0) { $0 + $1.0 * $1.1[replica][step] }
      }
    }
  }

  private static func combine(
    _ slopes: [[[Double]]], _ columns: [[String: [[Double]]]], _ values: [Double], blocks: Int
  ) throws -> MultiHistogram {
    let ensembles = slopes.indices.map { run in
      let series = Array(slopes[run].joined())
      let all = [slopes[run]] + columns[run].sorted { $0.key < $1.key }.map(\.value)
      let tau = all.compactMap { (try? AutocorrelationAnalysis(replicas: $0))?.tau }.max() ?? 0.5
      return WeightedEnsemble(
        logWeights: values.map { value in series.map { (value - values[0]) * $0 } },
        tau: max(tau, 0.5))
    }
    do throws(SeriesError) {
      return try MultiHistogram(ensembles, blocks: blocks)
    } catch {
      throw StageFailure("\(error)")
    }
  }
}
