public import ContentHash
public import Manifest
public import Values

/// What of a parameter group is identity: everything but the chain's length and goal and how work is
/// done.
///
/// A field at its default is left out, so that a release that adds a field with a default re-runs
/// nothing; a release that changes a default raises the stage's version.
public struct GroupIdentity: Sendable {
  /// The slmc-group/1 digest (docs/hashing.md).
  public let digest: Digest
  /// The chain's length, where the group has one.
  public let length: Int?
  /// Digest of what the chain runs until, where it is to run until something.
  public let goal: Digest?
  /// What the goal's digest was under earlier rules, for chains that were made by them.
  public let earlierGoals: [Digest]
  /// What the digest was under earlier versions of the variant, for what was made by them.
  public let earlier: [Digest]
  /// Whether the schema knows the variant that the group names.
  public let isKnown: Bool

  /// - Parameters:
  ///   - record: with declared files replaced by their digests.
  ///   - schema: nil for a group that no stage kind describes; all of it is identity.
  public init(_ record: Record, schema: GroupSchema?) {
    var identity = record
    var length: Int?
    var goal: Value?
    for field in schema?.identityFields(of: record) ?? [] {
      switch field.role {
      case .identity, .files:
        if record[field.name] != field.fallback { continue }
      case .length: length = record[field.name]?.integer
      case .goal:
        if let value = record[field.name], value != field.fallback { goal = value }
      case .execution: break
      }
      identity[field.name] = nil
    }
    isKnown = schema.map { $0.forms == nil && $0.fields(of: record) != nil } ?? true
    let version = schema?.variant(of: record)?.version ?? 1
    let digests = (1...max(1, version)).map { Self.digest(of: identity, version: $0) }
    self.length = length
    self.goal = goal.map { Self.goal($0, rule: Self.goalRule) }
    earlierGoals =
      goal.map { value in
        (1..<Self.goalRule).map { Self.goal(value, rule: $0) }
      } ?? []
    digest = digests[digests.count - 1]
    earlier = digests.dropLast()
  }

  /// The first version of a variant says nothing of it, so that variants can get versions at any time.
  private static func digest(of identity: Record, version: Int) -> Digest {
    var encoder = CanonicalEncoder()
    encoder.append("slmc-group/1")
    encoder.append(.record(identity))
    if version > 1 { encoder.append(.integer(version)) }
    return Digest(of: encoder.bytes)
  }

  /// Raised when the same goal may end a chain elsewhere. A stage's version would do, but would also
  /// make all those chains again that run to a length; rule 2 tests
  /// for drift, disagreement and slow modes.
  private static let goalRule = 2

  private static func goal(_ value: Value, rule: Int) -> Digest {
    var encoder = CanonicalEncoder()
    encoder.append("slmc-goal/\(rule)")
    encoder.append(value)
    return Digest(of: encoder.bytes)
  }
}

extension GroupSchema {
  /// The fields that apply, and those of other variants, which artifacts of before hold at their default.
  func identityFields(of record: Record) -> [FieldSchema] {
    guard let own = fields(of: record) else { return [] }
    let names = Set(own.map(\.name))
    return own + variants.flatMap(\.fields).filter { !names.contains($0.name) }
  }
}

extension StageDeclaration {
  /// The identity of every parameter group, in ascending order of their names.
  public func identities(of parameters: Record) -> [(name: String, identity: GroupIdentity)] {
    parameters.elements.map { name, value in
      let declared = groups.first { $0.name == name }
      let schema = declared?.form(beside: parameters) ?? declared
      return (name: name, identity: GroupIdentity(value.record ?? Record(), schema: schema))
    }
  }
}
