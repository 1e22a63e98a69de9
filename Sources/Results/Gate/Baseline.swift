package import Artifacts
package import ContentHash
internal import Manifest
package import Pipeline
internal import Reporting
internal import Values

/// What an experiment came to: of every job the digest of its bits and its numbers with errors. Kept
/// in the repository, it is what later runs are compared with.
package struct Baseline {
  package var experiment: String
  var profile: String?
  package var seed: Int
  /// Parameters that all jobs share, by dotted path: to name what another manifest has changed.
  var parameters: Record
  package var jobs: [Job]

  package struct Job {
    package var id: String
    var kind: String
    var version: Int
    var key: Digest
    /// What the job is asked to compute: its kind, its parameters and those of all that it is made
    /// from, but neither seed nor versions. Results of one definition may be compared.
    var definition: Digest
    /// nil for a job that has not run.
    package var content: Digest?
    /// What the last bits depend on besides the program; empty where it is not known.
    var platform = ""
    package var results: [ResultReader.Reading] = []
    /// Results that depend on how the work was done; known of planned jobs only.
    var samplerResults: Set<String> = []
  }

  var isComplete: Bool { jobs.allSatisfy { $0.content != nil } }
  package var platforms: [String] { Set(jobs.map(\.platform)).sorted() }
}

extension Baseline {
  /// The results of a plan as far as its jobs are done.
  package init(of plan: Plan, _ store: Store) throws {
    experiment = plan.experiment.name
    profile = plan.experiment.profile
    seed = plan.experiment.seed
    parameters = Self.sharedParameters(of: plan)
    let definitions = Self.definitions(of: plan)
    let reader = ResultReader(store: store)
    jobs = try zip(plan.jobs, definitions).map { planned, definition in
      var job = Job(
        id: plan.name(of: planned), kind: planned.recipe.kind, version: planned.recipe.version,
        key: planned.recipe.key, definition: definition,
        samplerResults: plan.stages[planned.stage].declaration.samplerResults)
      guard case .reuse(let record) = planned.action else { return job }
      let metadata = try store.metadata(of: record.key)
      job.content = metadata.content
      job.platform = metadata.provenance["platform"]?.text ?? ""
      job.results = try reader.readings(of: record.key, entries: .all)
      return job
    }
  }

  /// In the order of the jobs; inputs come first there.
  private static func definitions(of plan: Plan) -> [Digest] {
    var definitions: [Digest] = []
    for job in plan.jobs {
      let recipe = job.recipe
      let inputs = plan.inputs(of: job).map { slot, place in
        Value.list([.text(slot), .text(definitions[place].description)])
      }
      let definition: Value = .record([
        "kind": .text(recipe.kind),
        "groups": .list(
          plan.definitions(of: job).map { .list([.text($0.role), .text($0.digest.description)]) }),
        "inputs": .list(inputs), "length": recipe.length.map(Value.integer) ?? .null,
      ])
      definitions.append(Digest(of: definition, domain: "slmc-definition/1"))
    }
    return definitions
  }

  private static func sharedParameters(of plan: Plan) -> Record {
    var shared: [String: Value] = [:]
    var varying: Set<String> = []
    for job in plan.jobs {
      for (name, value) in Value.record(plan.parameters(of: job)).leaves() {
        if let other = shared[name], other != value { varying.insert(name) }
        shared[name] = value
      }
    }
    return Record(shared.filter { !varying.contains($0.key) }.map { ($0.key, $0.value) })
  }

  /// Why results of another baseline cannot be compared with these; empty where they can.
  ///
  /// - Parameter isSelection: whether only a part of the experiment was asked for here.
  package func differences(from other: Baseline, isSelection: Bool) -> [String] {
    guard other.experiment == experiment else {
      return ["it is of the experiment `\(other.experiment)`, not of `\(experiment)`"]
    }
    let known = Dictionary(other.jobs.map { ($0.id, $0) }) { first, _ in first }
    let own = Set(jobs.map(\.id))
    let changed = jobs.filter { job in
      known[job.id].map { $0.definition != job.definition } ?? false
    }
    var reasons: [String] = []
    if !changed.isEmpty {
      for change in Change.between(other.parameters, parameters) {
        reasons.append(
          "`\(change.what)` is \(change.before.isEmpty ? "absent" : change.before) there and "
            + "\(change.after.isEmpty ? "absent" : change.after) here")
      }
      if reasons.isEmpty { reasons.append("\(changed[0].id) has other parameters or inputs there") }
    }
    reasons += Self.listed(jobs.filter { known[$0.id] == nil }.map(\.id), "has no results there")
    if !isSelection {
      reasons += Self.listed(
        other.jobs.filter { !own.contains($0.id) }.map(\.id), "is in it and not in the manifest")
    }
    return reasons
  }

  private static func listed(_ names: [String], _ what: String) -> [String] {
    guard names.count > 4 else { return names.map { "\($0) \(what)" } }
    return names.prefix(3).map { "\($0) \(what)" } + ["so have \(names.count - 3) more jobs"]
  }
}
