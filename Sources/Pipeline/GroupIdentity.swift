public import ContentHash
public import Manifest
public import Values

/// What of a parameter group is identity: everything but the chain's length and how work is done.
public struct GroupIdentity: Sendable {
  public let digest: Digest
  /// The chain's length, where the group has one.
  public let length: Int?

  /// - Parameters:
  ///   - record: with declared files replaced by their digests.
  ///   - schema: nil for a group that no stage kind describes; all of it is identity.
  public init(_ record: Record, schema: GroupSchema?) {
    var identity = record
    var length: Int?
    for field in schema?.fields(kind: record["kind"]?.text) ?? [] {
      switch field.role {
      case .identity, .files: continue
      case .length: length = record[field.name]?.integer
      case .execution: break
      }
      identity[field.name] = nil
    }
    var encoder = CanonicalEncoder()
    encoder.append("slmc-group/1")
    encoder.append(.record(identity))
    self.length = length
    digest = Digest(of: encoder.bytes)
  }
}
