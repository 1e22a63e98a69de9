internal import ContentHash
public import Values

/// What a result rests on besides its recipe, as of a program that is no part of the project: recorded
/// with the artifact, outside every key, and compared when the artifact is to be used again.
public struct Surroundings: Sendable, Equatable {
  /// What was found, by name.
  public let record: Record

  /// What was found, by name.
  public init(_ record: Record) { self.record = record }

  /// Where it was found is for people: the same program in another place gives the same numbers.
  private var compared: Record {
    var record = record
    record["path"] = nil
    return record
  }

  /// Stands for it in the index; never 0.
  public var tag: UInt64 {
    max(1, Digest(of: .record(compared), domain: "slmc-surroundings/1").streamName.key)
  }

  /// Whether results made with one may stand for results of the other.
  public func isSame(as other: Surroundings) -> Bool { compared == other.compared }

  /// What differs, in words, from what it was.
  public func changes(since before: Surroundings) -> [String] {
    let names = Set(compared.names + before.compared.names).sorted()
    return names.filter { compared[$0] != before.compared[$0] }
  }
}
