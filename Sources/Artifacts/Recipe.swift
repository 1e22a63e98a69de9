public import ContentHash
internal import Values

/// What an artifact is made of. Known before anything runs; two equal recipes are one artifact.
///
/// The pre-images are written down in docs/hashing.md and pinned by tests.
public struct Recipe: Sendable, Hashable {
  /// An artifact that the job is made from.
  public struct Input: Sendable, Hashable {
    /// The place that it fills, as its stage kind calls it.
    public let slot: String
    /// Its recipe key.
    public let key: Digest

    /// An input by its recipe key.
    public init(slot: String, key: Digest) {
      self.slot = slot
      self.key = key
    }
  }

  /// The stage kind that makes it.
  public let kind: String
  /// The version of the stage kind.
  public let version: Int
  /// Digest of each parameter group's canonical identity, by name.
  public let groups: [(name: String, digest: Digest)]
  /// Sorted by slot.
  public let inputs: [Input]
  /// nil for stages that draw no random numbers.
  public let seed: Int?
  /// Steps of the chain, where the stage has a length; with a goal, the most it may take.
  public let length: Int?
  /// Digest of what the chain runs until, where it decides its length itself.
  public let goal: Digest?
  /// The recipe without length and goal: what extensions and prefixes of one chain share.
  public let family: Digest
  /// The name of the artifact, known before anything runs.
  public let key: Digest

  /// A recipe; its family and its key follow from the rest.
  public init(
    kind: String, version: Int, groups: [(name: String, digest: Digest)], inputs: [Input],
    seed: Int?, length: Int?, goal: Digest? = nil
  ) {
    self.kind = kind
    self.version = version
    self.groups = groups
    self.inputs = inputs
    self.seed = seed
    self.length = length
    self.goal = goal
    var encoder = CanonicalEncoder()
    encoder.append("slmc-family/1")
    encoder.append(
      kind: kind, version: version, groups: groups,
      inputs: inputs.map { ($0.slot, $0.key) }, seed: seed)
    family = Digest(of: encoder.bytes)
    encoder.removeAll()
    encoder.append("slmc-recipe/1")
    encoder.append(block: family.bytes)
    encoder.append(length: length, goal: goal)
    key = Digest(of: encoder.bytes)
  }

  /// Names the random stream and, with the length, the result: a function of the *contents* of the
  /// inputs alone. An input that was made another way but came out equal changes neither, so early
  /// cut-off never returns anything but what a run from nothing would give.
  ///
  /// - Parameter contents: content digests of the inputs, by slot.
  public func content(of contents: [(slot: String, digest: Digest)]) -> (
    stream: Digest, result: Digest
  ) {
    var encoder = CanonicalEncoder()
    encoder.append("slmc-stream/1")
    // The version is left out: mending a stage does not reshuffle its random numbers.
    encoder.append(kind: kind, version: nil, groups: groups, inputs: contents, seed: seed)
    let stream = Digest(of: encoder.bytes)
    encoder.removeAll()
    encoder.append("slmc-result/1")
    encoder.append(block: stream.bytes)
    encoder.append(.integer(version))
    encoder.append(length: length, goal: goal)
    return (stream, Digest(of: encoder.bytes))
  }

  /// To what a checkpoint belongs besides its family: the contents of the inputs, by the stream that they
  /// name, and the numerical kernel, so that no chain is one thing up to a kill and another after it.
  /// The length is left out: a killed chain that is asked for longer goes on.
  public func binding(of contents: [(slot: String, digest: Digest)], kernel: String) -> Digest {
    var encoder = CanonicalEncoder()
    encoder.append("slmc-checkpoint/2")
    encoder.append(block: family.bytes)
    encoder.append(block: content(of: contents).stream.bytes)
    encoder.append(kernel)
    return Digest(of: encoder.bytes)
  }

  public static func == (left: Recipe, right: Recipe) -> Bool { left.key == right.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension CanonicalEncoder {
  /// A recipe without a goal ends here, so goals changed no key that existed before them.
  fileprivate mutating func append(length: Int?, goal: Digest?) {
    append(length.map(Value.integer) ?? .null)
    if let goal { append(block: goal.bytes) }
  }

  fileprivate mutating func append(
    kind: String, version: Int?, groups: [(name: String, digest: Digest)],
    inputs: [(slot: String, digest: Digest)], seed: Int?
  ) {
    append(kind)
    append(version.map(Value.integer) ?? .null)
    append(.integer(groups.count))
    for group in groups {
      append(group.name)
      append(block: group.digest.bytes)
    }
    append(.integer(inputs.count))
    for input in inputs {
      append(input.slot)
      append(block: input.digest.bytes)
    }
    append(seed.map(Value.integer) ?? .null)
  }
}
