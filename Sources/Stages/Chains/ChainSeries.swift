internal import HDF5
internal import Pipeline

/// One recorded number of a chain's artifact, replica by replica.
struct ChainSeries {
  let replicas: [[Double]]
  let unit: String

  static func read(_ name: String, from chain: HDF5File) throws -> ChainSeries {
    let path = "/chain/\(name)"
    let names = try chain.children(of: "/chain").filter { name in
      try chain.shape(of: "/chain/\(name)").count == 2
    }
    guard names.contains(name) else {
      throw StageFailure(
        "the chain records no number `\(name)`; it has \(names.sorted().joined(separator: ", "))")
    }
    let shape = try chain.shape(of: path)
    let values = try chain.doubles(at: path)
    return ChainSeries(
      replicas: (0..<shape[0]).map { Array(values[($0 * shape[1])..<(($0 + 1) * shape[1])]) },
      unit: try chain.stringAttribute("unit", of: path))
  }
}
