internal import Artifacts
internal import ContentHash
internal import Executors
internal import FileSystem
internal import Pipeline
internal import Values

/// Makes artifacts again from what they say of themselves and compares contents: the one test that no
/// forged file passes. It happens in a store of its own, which holds nothing but the inputs.
struct Recomputation {
  let store: Store
  let registry: StageRegistry
  let worker: ProgramFile
  /// Where declared files are looked for.
  let project: Path

  enum Outcome {
    case equal
    case differs(again: ArtifactMetadata)
    case impossible(String)
  }

  struct Entry {
    let metadata: ArtifactMetadata
    let outcome: Outcome
  }

  func entry(of key: Digest) throws -> Entry {
    let metadata = try store.metadata(of: key)
    return Entry(metadata: metadata, outcome: try outcome(of: metadata))
  }

  private func outcome(of metadata: ArtifactMetadata) throws -> Outcome {
    guard let recipe = ArtifactAudit.recipe(of: metadata, registry), recipe.key == metadata.key
    else {
      return .impossible("this slmc has no version \(metadata.version) of \(metadata.kind)")
    }
    for input in metadata.inputs {
      guard let found = try? store.verified(input.key), found.content == input.content else {
        return .impossible("its input \(input.slot) (\(input.key.short)) is not there as it was")
      }
    }
    let staging = try store.stage("again-\(metadata.key.short)")
    defer { staging.discard() }
    let scratch = try Store(staging.folder / "store")
    for input in metadata.inputs { try lend(input.key, to: scratch) }
    let job = JobDescription(
      recipe: recipe, label: "again", parameters: metadata.parameters, inputs: metadata.inputs,
      predecessor: nil, project: project, build: worker.build)
    if let failure = try IsolatedJob(job, store: scratch, worker: worker).failure() {
      return .impossible(failure)
    }
    let again = try scratch.metadata(of: metadata.key)
    return again.content == metadata.content ? .equal : .differs(again: again)
  }

  private func lend(_ key: Digest, to scratch: Store) throws {
    let place = scratch.folder(of: key)
    guard !place.isLink else { return }
    try place.folder.createFolders()
    try store.folder(of: key).linkSymbolically(at: place)
  }
}

extension Recomputation.Entry {
  var isDifferent: Bool {
    if case .differs = outcome { true } else { false }
  }

  var isImpossible: Bool {
    if case .impossible = outcome { true } else { false }
  }

  /// What to say of it; nil where it came out as it was.
  var complaint: String? {
    switch outcome {
    case .equal: nil
    case .impossible(let reason):
      "\(metadata.kind) \(metadata.key.short) could not be made again: \(reason)"
    case .differs(let again):
      "\(metadata.kind) \(metadata.key.short) came out differently: its content is "
        + "\(metadata.content.short), made again \(again.content.short)" + circumstances(again)
    }
  }

  /// What may explain a difference.
  private func circumstances(_ again: ArtifactMetadata) -> String {
    let (then, now) = (metadata.provenance["platform"], again.provenance["platform"])
    let platform = then == now ? "" : "; it was made on \(then?.text ?? "another platform")"
    return platform + (metadata.importMark.map { "; it was imported from \($0.description)" } ?? "")
  }

  var json: Value {
    let word =
      switch outcome {
      case .equal: "equal"
      case .differs: "differs"
      case .impossible: "impossible"
      }
    return .record([
      "key": .text(metadata.key.description), "kind": .text(metadata.kind), "outcome": .text(word),
      "reason": complaint.map(Value.text) ?? .null,
    ])
  }
}
