internal import HDF5
internal import MonteCarlo
internal import Statistics

extension ChainAnalysis {
  /// Functions of means, with jackknife errors over blocks much longer than the slowest tau involved.
  mutating func derive(from chain: HDF5File) throws {
    for definition in derived {
      let names = Set(definition.means.joined())
      guard try names.allSatisfy({ try chain.exists("/chain/\($0)") }) else { continue }
      let columns = try definition.means.map { factors in
        try factors.map { try series("/chain/\($0)", of: chain) ?? [] }
      }
      let quantities = columns.map(Self.product)
      let involved = results.filter { names.contains($0.name) }
      let count = quantities[0].reduce(0) { $0 + $1.count }
      let length = BlockedSeries.suggestedLength(
        tau: involved.compactMap(\.tau).max() ?? 0.5, count: count)
      guard let blocks = try? BlockedSeries(quantities: quantities, blockLength: length) else {
        continue
      }
      let estimate = blocks.jackknife(definition.value)
      let about = definition.observable
      var result = Result(
        name: about.name, symbol: about.symbol, value: estimate.value, error: estimate.error,
        unit: about.unit, summary: about.summary)
      result.doubts = involved.flatMap(\.doubts)
      results.append(result)
    }
  }

  private static func product(_ factors: [[[Double]]]) -> [[Double]] {
    guard var product = factors.first else { return [] }
    for factor in factors.dropFirst() {
      for replica in product.indices {
        product[replica] = zip(product[replica], factor[replica]).map(*)
      }
    }
    return product
  }
}
