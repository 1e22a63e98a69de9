/// An entry of an array as manifests and tables call it: `structureFactor[3]`, `wilsonLoop[2][4]`.
public struct ElementName: Sendable, Equatable {
  /// The array's name.
  public let array: String
  /// One for each dimension, or a single one that counts entries with the last index fastest.
  public let indices: [Int]

  /// An entry of an array.
  public init(array: String, indices: [Int]) {
    self.array = array
    self.indices = indices
  }

  /// nil for a name without an index.
  public init?(_ name: some StringProtocol) {
    guard let match = String(name).wholeMatch(of: /([^\[\]]+)((\[\d+\])+)/) else { return nil }
    let numbers = match.output.2.split(separator: "]").compactMap { Int($0.dropFirst()) }
    guard numbers.count == match.output.2.count(where: { $0 == "]" }) else { return nil }
    self.init(array: String(match.output.1), indices: numbers)
  }

  /// The index of each dimension for an entry of the flat array.
  public static func indices(of place: Int, in shape: [Int]) -> [Int] {
    var rest = place
    let indices = shape.reversed().map { extent in
      defer { rest /= extent }
      return rest % extent
    }
    return indices.reversed()
  }

  /// The entry's place in the flat array; nil where the array has none of these indices.
  public func place(in shape: [Int]) -> Int? {
    if indices.count == 1 {
      return indices[0] < shape.reduce(1, *) ? indices[0] : nil
    }
    guard indices.count == shape.count, zip(indices, shape).allSatisfy({ $0 < $1 }) else {
      return nil
    }
    return zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  public var description: String { array + indices.map { "[\($0)]" }.joined() }
}
