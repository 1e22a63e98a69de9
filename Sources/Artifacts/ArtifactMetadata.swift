public import ContentHash
public import Values

/// What `meta.json` says of an artifact: the recipe in full, the digests, and where it came from.
public struct ArtifactMetadata: Sendable {
  /// What the first field of meta.json says.
  public static let format = "slmc-artifact/1"

  /// An artifact that this one was made from.
  public struct Input: Sendable, Equatable {
    /// The place that it fills, as its stage kind calls it.
    public let slot: String
    /// Its recipe key.
    public let key: Digest
    /// The digest of what it held.
    public let content: Digest

    /// An input as it was when the artifact was made.
    public init(slot: String, key: Digest, content: Digest) {
      self.slot = slot
      self.key = key
      self.content = content
    }
  }

  /// The stage kind that made it.
  public var kind: String
  /// The version of its stage kind.
  public var version: Int
  /// The recipe key, which names its folder.
  public var key: Digest
  /// The recipe without the length.
  public var family: Digest
  /// The digest under which an equal result is known.
  public var result: Digest
  /// Steps that the chain has.
  public var length: Int?
  /// Steps that it might have had, where it stopped by itself.
  public var limit: Int?
  /// Digest of what it was to run until; its highlight `converged` tells whether it got there.
  public var goal: Digest?
  /// The experiment's seed; nil for a stage that draws no random numbers.
  public var seed: Int?
  /// Digest of each parameter group's identity, so that the key can be recomputed by a program that
  /// does not know the stage kind; nil in what earlier programs wrote.
  public var groups: [(name: String, digest: Digest)]?
  /// Parameter groups in full, defaults filled in.
  public var parameters: Record
  /// What it was made from, in the order of the recipe.
  public var inputs: [Input]
  /// Logical digest of the HDF5 content.
  public var content: Digest
  /// SHA-256 of data.h5 as it lies on disk.
  public var file: Digest
  /// The size of data.h5.
  public var bytes: Int
  /// SHA-256 of state.bin, where there is one.
  public var state: Digest?
  /// Named numbers worth a line in `status` (acceptance, tau, converged).
  public var highlights: Record
  /// Host, processor, libraries, times, memory, command: never part of any key.
  public var provenance: Record

  /// - Parameter length: how long a chain with a goal became; nil where the recipe says it.
  public init(
    recipe: Recipe, length: Int? = nil, result: Digest, parameters: Record, inputs: [Input],
    content: Digest,
    file: Digest, bytes: Int, state: Digest? = nil, highlights: Record, provenance: Record
  ) {
    kind = recipe.kind
    version = recipe.version
    key = recipe.key
    family = recipe.family
    self.length = length ?? recipe.length
    limit = recipe.goal == nil ? nil : recipe.length
    goal = recipe.goal
    seed = recipe.seed
    groups = recipe.groups
    self.result = result
    self.parameters = parameters
    self.inputs = inputs
    self.content = content
    self.file = file
    self.bytes = bytes
    self.state = state
    self.highlights = highlights
    self.provenance = provenance
  }

  /// Whether a chain that was asked to converge did not; false where nothing was asked.
  public var missedGoal: Bool { goal != nil && highlights["converged"]?.boolean != true }

  /// CPU seconds the stage took, for predictions.
  public var cpuSeconds: Double { provenance["cpuSeconds"]?.number ?? 0 }

  /// What the result rests on besides its recipe, such as a program that was found on PATH.
  public var surroundings: Surroundings? {
    provenance["surroundings"]?.record.map(Surroundings.init)
  }

  /// The work that those seconds were for, in units of its manner.
  var effort: (manner: String, amount: Double)? {
    guard let effort = provenance["effort"], let manner = effort["manner"]?.text,
      let amount = effort["amount"]?.number
    else { return nil }
    return (manner, amount)
  }
}

extension ArtifactMetadata {
  /// As meta.json holds it.
  public var value: Value {
    var record: Record = [
      "format": .text(Self.format),
      "kind": .text(kind), "version": .integer(version),
      "key": .text(key.description), "family": .text(family.description),
      "result": .text(result.description),
      "length": length.map(Value.integer) ?? .null, "seed": seed.map(Value.integer) ?? .null,
      "parameters": .record(parameters),
      "inputs": .record(
        Record(
          inputs.map {
            (
              $0.slot,
              .record([
                "key": .text($0.key.description), "content": .text($0.content.description),
              ])
            )
          })),
      "content": .text(content.description), "file": .text(file.description),
      "bytes": .integer(bytes), "state": state.map { .text($0.description) } ?? .null,
      "highlights": .record(highlights), "provenance": .record(provenance),
    ]
    if let groups {
      record["groups"] = .record(Record(groups.map { ($0.name, .text($0.digest.description)) }))
    }
    if let limit, let goal {
      record["limit"] = .integer(limit)
      record["goal"] = .text(goal.description)
    }
    return .record(record)
  }

  /// nil when a field is missing, of another type or out of any range.
  public init?(_ value: Value) {
    func digest(_ name: String) -> Digest? { value[name]?.text.flatMap { Digest($0) } }
    guard value["format"]?.text == Self.format,
      let kind = value["kind"]?.text, let version = value["version"]?.integer,
      let key = digest("key"), let family = digest("family"), let result = digest("result"),
      let parameters = value["parameters"]?.record, let inputs = value["inputs"]?.record,
      let content = digest("content"), let file = digest("file"),
      let bytes = value["bytes"]?.integer,
      let highlights = value["highlights"]?.record, let provenance = value["provenance"]?.record,
      (0...(1 << 53)).contains(bytes), Self.isLength(value["length"]),
      Self.isLength(value["limit"])
    else { return nil }
    self.kind = kind
    self.version = version
    self.key = key
    self.family = family
    self.result = result
    length = value["length"]?.integer
    limit = value["limit"]?.integer
    goal = digest("goal")
    seed = value["seed"]?.integer
    self.parameters = parameters
    self.inputs = inputs.elements.compactMap { slot, input in
      guard let key = input["key"]?.text.flatMap({ Digest($0) }),
        let content = input["content"]?.text.flatMap({ Digest($0) })
      else { return nil }
      return Input(slot: slot, key: key, content: content)
    }
    guard self.inputs.count == inputs.count else { return nil }
    if let record = value["groups"] {
      guard let groups = Self.groups(record) else { return nil }
      self.groups = groups
    }
    self.content = content
    self.file = file
    self.bytes = bytes
    state = digest("state")
    self.highlights = highlights
    self.provenance = provenance
  }

  private static func groups(_ value: Value) -> [(name: String, digest: Digest)]? {
    guard let record = value.record else { return nil }
    let groups = record.elements.compactMap { name, digest in
      digest.text.flatMap { Digest($0) }.map { (name: name, digest: $0) }
    }
    return groups.count == record.count ? groups : nil
  }

  /// Whether a number of steps is absent or can be one.
  private static func isLength(_ value: Value?) -> Bool {
    guard let value, value != .null else { return true }
    return value.integer.map { $0 >= 0 } ?? false
  }
}
