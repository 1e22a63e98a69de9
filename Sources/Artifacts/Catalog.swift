public import ContentHash

/// All artifacts of a store by what they say of themselves, and who was made of whom.
///
/// What cannot be read is named and left out; file digests are not compared here.
public struct Catalog: Sendable {
  /// Ascending by key.
  public let artifacts: [ArtifactMetadata]
  /// Artifacts whose description cannot be read.
  public let unreadable: [Digest]
  private let places: [Digest: Int]
  private let users: [Digest: [Digest]]

  /// Reads the descriptions of everything in a store.
  public init(_ store: Store) throws(StoreError) {
    var artifacts: [ArtifactMetadata] = []
    var unreadable: [Digest] = []
    for key in try store.keys() {
      if let metadata = try? store.metadata(of: key) {
        artifacts.append(metadata)
      } else {
        unreadable.append(key)
      }
    }
    var users: [Digest: [Digest]] = [:]
    for artifact in artifacts {
      for input in artifact.inputs { users[input.key, default: []].append(artifact.key) }
    }
    self.artifacts = artifacts
    self.unreadable = unreadable
    self.users = users
    places = Dictionary(
      artifacts.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The description of an artifact; nil where it is not in the store.
  public subscript(key: Digest) -> ArtifactMetadata? { places[key].map { artifacts[$0] } }

  /// The artifacts that have this one as an input, ascending by key.
  public func users(of key: Digest) -> [Digest] { users[key] ?? [] }

  /// The keys with everything that they were made of, as far as it is known here.
  public func withInputs(of keys: some Sequence<Digest>) -> Set<Digest> {
    var found: Set<Digest> = []
    var frontier = Array(keys)
    while let key = frontier.popLast() {
      guard found.insert(key).inserted else { continue }
      frontier += self[key]?.inputs.map(\.key) ?? []
    }
    return found
  }
}

extension Store {
  /// The keys whose hexadecimal text begins so, ascending.
  public func keys(startingWith digits: String) throws(StoreError) -> [Digest] {
    let digits = digits.lowercased()
    return try keys().filter { $0.description.hasPrefix(digits) }
  }
}
