public import Artifacts
public import ContentHash
internal import FileSystem
public import Pipeline
public import Values

/// Does one job in this process: checks its inputs, runs the stage, describes what came out.
///
/// The same code serves a worker process, a batch of light jobs and a node of a cluster.
public struct JobRunner: Sendable {
  /// The stage kinds that it can run.
  public let registry: StageRegistry
  /// Where inputs are and results go.
  public let store: Store
  /// What every artifact made here says of where it was made.
  public let environment: Record
  /// Hears how far the job has come.
  public let report: @Sendable (Job.Progress) -> Void
  /// Whether the process was asked to end.
  public let shouldStop: @Sendable () -> Bool

  /// What does jobs into a store.
  public init(
    registry: StageRegistry, store: Store, environment: Record,
    report: @escaping @Sendable (Job.Progress) -> Void = { _ in },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.registry = registry
    self.store = store
    self.environment = environment
    self.report = report
    self.shouldStop = shouldStop
  }

  /// Stages the artifact, ready to be committed. Early cut-off: when an equal result exists under
  /// another recipe, its file is taken over and nothing runs.
  public func stage(
    _ description: JobDescription, equal: IndexRecord?
  ) throws -> (staging: Staging, metadata: ArtifactMetadata) {
    let staging = try store.stage(description.recipe.key.short)
    do {
      if let equal { return try adopt(equal, for: description, staging) }
      return try run(description, staging)
    } catch {
      staging.discard()
      throw error
    }
  }

  /// The numerical kernel of this process.
  private var kernel: String? { environment["blasKernel"]?.text }

  private func run(
    _ description: JobDescription, _ staging: Staging
  ) throws -> (staging: Staging, metadata: ArtifactMetadata) {
    guard let kind = registry[description.recipe.kind] else {
      throw StageFailure("this slmc has no stage kind '\(description.recipe.kind)'")
    }
    let meter = Meter()
    let (stream, result) = description.recipe.content(of: description.contents)
    let checkpoints = CheckpointSlots(
      store, family: description.recipe.family,
      binding: description.recipe.binding(of: description.contents, kernel: kernel ?? ""))
    let job = Job(
      recipe: description.recipe, parameters: description.parameters,
      project: description.project, inputs: try inputs(of: description, for: kind.declaration),
      stream: stream.streamName,
      predecessor: try predecessor(of: description), output: staging.data,
      stateOutput: staging.state, checkpoints: checkpoints, store: store, report: report,
      shouldStop: shouldStop)
    // Before it runs: an edit while it runs shows as a change.
    let surroundings = kind.surroundings(of: description.parameters)?.surroundings
    let highlights = try kind.run(job)
    var provenance = environment
    if let surroundings { provenance["surroundings"] = .record(surroundings.record) }
    for (name, value) in meter.reading.elements { provenance[name] = value }
    if let effort = effort(of: job, by: kind.declaration, steps: highlights["steps"]?.integer) {
      provenance["effort"] = .record([
        "manner": .text(effort.manner), "amount": .number(effort.amount),
      ])
    }
    return (
      staging,
      try describe(description, staging, result: result, highlights, provenance)
    )
  }

  private func describe(
    _ description: JobDescription, _ staging: Staging, result: Digest, _ highlights: Record,
    _ provenance: Record
  ) throws -> ArtifactMetadata {
    let state = staging.state.exists ? Digest(of: try staging.state.read()) : nil
    return ArtifactMetadata(
      recipe: description.recipe,
      length: description.recipe.goal == nil ? nil : highlights["steps"]?.integer, result: result,
      parameters: description.parameters, inputs: description.inputs,
      content: try ContentDigest.of(staging.data),
      file: try Digest(ofFile: staging.data), bytes: staging.data.stamp?.size ?? 0, state: state,
      highlights: highlights,
      provenance: provenance)
  }

  /// What was done here; a chain may have been begun elsewhere, or have ended before its limit.
  private func effort(
    of job: Job, by declaration: StageDeclaration, steps: Int?
  ) -> Effort? {
    guard let whole = declaration.effort?(job.outline) else { return nil }
    guard let length = job.recipe.length else { return whole }
    let end = job.recipe.goal == nil ? length : steps ?? length
    return whole.part(from: job.predecessor?.length ?? 0, to: end, of: length)
  }

  private func adopt(
    _ equal: IndexRecord, for description: JobDescription, _ staging: Staging
  ) throws -> (staging: Staging, metadata: ArtifactMetadata) {
    // It may have been removed meanwhile, or be damaged since it was looked at.
    guard let original = try? store.verified(equal.key),
      (try? store.data(of: equal.key).copy(to: staging.data)) != nil,
      try Digest(ofFile: staging.data) == original.file
    else { throw Unfit(key: equal.key) }
    let state = store.state(of: original)
    if let state { try staging.state.write(state) }
    var provenance = original.provenance
    provenance["sameContentAs"] = .text(equal.key.description)
    return (
      staging,
      ArtifactMetadata(
        recipe: description.recipe, length: original.length, result: equal.result,
        parameters: description.parameters,
        inputs: description.inputs, content: original.content, file: original.file,
        bytes: original.bytes, state: state.map { Digest(of: $0) }, highlights: original.highlights,
        provenance: provenance)
    )
  }

  /// Opens every input only after its bytes were compared with what was committed, and what they hold
  /// with what the plan counts on: bytes and description may have been replaced together. A light job
  /// reads no numbers of its inputs.
  private func inputs(
    of description: JobDescription, for declaration: StageDeclaration
  ) throws -> [String: Job.Input] {
    var inputs: [String: Job.Input] = [:]
    for input in description.inputs {
      let metadata = try store.verified(input.key)
      let held: Digest? =
        declaration.isLight
        ? metadata.content : (try? ContentDigest.of(store.data(of: input.key)))
      guard metadata.content == input.content, held == input.content else {
        throw StoreError.damaged(
          input.key, reason: "its content changed while this run was planned")
      }
      inputs[input.slot] = Job.Input(metadata: metadata, data: store.data(of: input.key))
    }
    return inputs
  }

  /// A cached chain serves only when its inputs had the contents of today.
  private func predecessor(of description: JobDescription) throws -> Job.Predecessor? {
    guard let key = description.predecessor, let metadata = try? store.verified(key),
      metadata.inputs.map(\.content) == description.inputs.map(\.content),
      metadata.fits(kernel: kernel),
      let length = metadata.length
    else { return nil }
    let state = store.state(of: metadata) ?? []
    return Job.Predecessor(length: length, data: store.data(of: key), state: state)
  }
}

/// An equal result that cannot be taken over after all.
struct Unfit: Error {
  let key: Digest
}

extension JobDescription {
  /// The inputs' content digests by slot.
  var contents: [(slot: String, digest: Digest)] { inputs.map { ($0.slot, $0.content) } }

  /// The key under which an equal result may already be known.
  public var result: Digest { recipe.content(of: contents).result }
}
