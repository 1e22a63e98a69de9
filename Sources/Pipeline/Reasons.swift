public import Artifacts
internal import ContentHash
internal import FileSystem
public import Manifest
internal import Values

/// Remembers, per experiment, which recipe each job had last time, to say why it has to run now.
/// A convenience for people: deleting it costs the reasons, nothing else.
public struct PlanHistory {
  private let path: Path
  private let store: Store
  private var keys: [String: Digest] = [:]

  /// What earlier plans of an experiment noted in a store.
  public init(_ store: Store, experiment: Experiment) {
    self.store = store
    path = store.root / "history" / experiment.name
    for line in ((try? path.readText()) ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 1)
      if parts.count == 2, let key = Digest(parts[0]) { keys[String(parts[1])] = key }
    }
  }

  /// Notes the recipes of a plan that is about to run; points that are not in it stay known.
  public mutating func remember(_ plan: Plan) {
    for job in plan.jobs { keys[plan.name(of: job)] = job.recipe.key }
    let lines = keys.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }
    try? path.folder.createFolders()
    try? path.replace(with: Array(lines.joined().utf8))
  }

  /// Why a job is to be done, in words.
  public func reason(of job: PlannedJob, in plan: Plan) -> String {
    let most = job.recipe.goal == nil ? "" : "at most "
    if let change = job.outdated?.change, !job.isDone { return change }
    switch job.action {
    case .reuse: return "cached"
    case .extend(let from, _): return "extend \(from) -> \(most)\(job.recipe.length ?? from) steps"
    case .cut(let from, _):
      return "\(most)the first \(job.recipe.length ?? from) of \(from) cached steps"
    case .run: break
    }
    guard let last = keys[plan.name(of: job)] else { return "never ran" }
    if last == job.recipe.key {
      guard store.folder(of: last).exists else { return "artifact missing" }
      let other = (try? store.metadata(of: last)).map { inputsOfOtherContent($0, job, in: plan) }
      guard let other, !other.isEmpty else { return "artifact damaged" }
      return other.map { "\($0) came out differently" }.joined(separator: ", ")
    }
    guard let before = try? store.metadata(of: last) else { return "changed since it last ran" }
    return changes(from: before, to: job, in: plan).joined(separator: ", ")
  }

  /// Stages that were made again under their old keys and hold something else now.
  private func inputsOfOtherContent(
    _ before: ArtifactMetadata, _ job: PlannedJob, in plan: Plan
  ) -> [String] {
    plan.inputs(of: job).compactMap { slot, input in
      guard case .reuse(let record) = plan.jobs[input].action,
        let then = before.inputs.first(where: { $0.slot == slot }),
        then.content != record.content
      else { return nil }
      return plan.stages[plan.jobs[input].stage].name
    }
  }

  private func changes(
    from before: ArtifactMetadata, to job: PlannedJob, in plan: Plan
  ) -> [String] {
    var changes: [String] = []
    if before.version != job.recipe.version {
      changes.append("\(job.recipe.kind) version \(before.version) -> \(job.recipe.version)")
    }
    if before.seed != job.recipe.seed {
      changes.append("seed \(before.seed ?? 0) -> \(job.recipe.seed ?? 0)")
    }
    let now = plan.parameters(of: job)
    let declaration = plan.stages[job.stage].declaration
    changes += differences(
      .record(declaration.withoutDefaults(before.parameters)),
      .record(declaration.withoutDefaults(now)), path: "")
    changes += declaration.mendedVariants(of: before, now: job.recipe, now)
    for (slot, input) in plan.inputs(of: job)
    where before.inputs.first(where: { $0.slot == slot })?.key != plan.jobs[input].recipe.key {
      let change = "\(plan.stages[plan.jobs[input].stage].name) changed"
      if !changes.contains(change) { changes.append(change) }
    }
    return changes.isEmpty ? ["changed since it last ran"] : changes
  }

  private func differences(_ old: Value, _ new: Value, path: String) -> [String] {
    guard let before = old.record, let after = new.record else {
      if old == new { return [] }
      let areContents = [old, new].allSatisfy { $0.text.flatMap { Digest($0) } != nil }
      return areContents ? ["\(path) edited"] : ["\(path) \(old.spelling) -> \(new.spelling)"]
    }
    return Set(before.names + after.names).sorted().flatMap { name -> [String] in
      let place = path.isEmpty ? name : "\(path).\(name)"
      switch (before[name], after[name]) {
      case (let old?, let new?): return differences(old, new, path: place)
      case (let old?, nil): return ["\(place) \(old.spelling) removed"]
      case (nil, let new?): return ["\(place) \(new.spelling) added"]
      case (nil, nil): return []
      }
    }
  }
}
