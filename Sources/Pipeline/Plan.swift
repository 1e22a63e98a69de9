public import Artifacts
public import ContentHash
public import FileSystem
public import Manifest
public import Values
internal import YAML

/// What has to happen for an experiment, complete before anything runs. A value: executing it is
/// another module's work.
public struct Plan: Sendable {
  /// The experiment as it was read.
  public let experiment: Experiment
  /// In an order in which inputs come first.
  public var stages: [PlannedStage]
  /// All jobs, stage after stage.
  public var jobs: [PlannedJob]
  /// For each stage, which job serves each point: `jobs[serving[stage][point]]`.
  public let serving: [[Int32]]
  /// The numerical kernel on which jobs will run, where that matters (`action(for:in:kernel:)`).
  public var kernel: String?
  /// What a person should know although nothing has to be done about it.
  public internal(set) var notices: [String] = []
  /// The parameter groups as they came out, shared by the jobs that read them.
  let groups: [ResolvedGroup]

  /// How many jobs there are of each action.
  public struct Counts: Sendable, Equatable {
    /// Nothing of them is there.
    public var run = 0
    /// Their artifacts are there.
    public var reuse = 0
    /// A part of the chain is there, or more than the whole.
    public var extend = 0
    public init() {}
  }

  /// How many jobs there are of each action.
  public var counts: Counts {
    jobs.reduce(into: Counts()) { counts, job in
      switch job.action {
      case .reuse: counts.reuse += 1
      case .extend, .cut: counts.extend += 1
      case .run: counts.run += 1
      }
    }
  }

  /// What a look at the store came upon: other lengths of chains, and answers under other limits.
  public var keysFound: Set<Digest> {
    var found = Set(jobs.map(\.recipe.key))
    for job in jobs {
      switch job.action {
      case .extend(_, let key), .cut(_, let key): found.insert(key)
      case .run, .reuse: break
      }
    }
    return found
  }

  /// The stages of this experiment itself, without those of others that it needs.
  public var ownStages: [PlannedStage] { stages.filter { !$0.isForeign } }

  /// For each job the places of its inputs.
  public var inputs: [[Int]] { jobs.map { $0.inputs.map(Int.init) } }

  /// All parameters that a job reads, by role.
  public func parameters(of job: PlannedJob) -> Record {
    let stage = stages[job.stage]
    return Record(
      zip(stage.roles, job.groups).map { ($0, .record(groups[Int($1)].parameters)) })
  }

  /// What a job's groups ask for, whatever the versions of their variants.
  public func definitions(of job: PlannedJob) -> [(role: String, digest: Digest)] {
    zip(stages[job.stage].roles, job.groups).map { ($0, groups[Int($1)].definition) }
  }

  /// The inputs of a job: slots, ascending, and places in `jobs`. Jobs of one stage may have different
  /// numbers of them, where an input takes all artifacts along an axis.
  public func inputs(of job: PlannedJob) -> [(slot: String, job: Int)] {
    zip(job.recipe.inputs, job.inputs).map { ($0.slot, Int($1)) }
  }

  /// The swept values that a job depends on, in the order of the sweep's axes.
  public func point(of job: PlannedJob) -> [(name: String, value: String)] {
    let stage = stages[job.stage]
    let experiment = stage.experiment
    return stage.axes.compactMap { axis in
      experiment.sweep.node(point: Int(job.point), axis: axis).map { node in
        (experiment.sweep.axes[axis].name, node.spelling)
      }
    }
  }

  /// The job's name for people and for `--only`: `chain[model.shells=1]`.
  public func name(of job: PlannedJob) -> String {
    let point = point(of: job).map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    return stages[job.stage].name + (point.isEmpty ? "" : "[\(point)]")
  }
}

/// A stage of the pipeline, resolved against its kind.
public struct PlannedStage: Sendable {
  /// For people; a stage of another experiment carries that one's name before its own.
  public let name: String
  /// As its own experiment calls it.
  public let ownName: String
  /// Whose stage it is: its sweep, its files.
  public let experiment: Experiment
  /// Whether it belongs to another experiment.
  public let isForeign: Bool
  /// What its kind says of itself.
  public let declaration: StageDeclaration
  /// The roles of the groups it reads, ascending.
  public let roles: [String]
  /// Slots and the stages that fill them, ascending by slot; one that takes all artifacts along an axis is
  /// there once.
  public let inputs: [(slot: String, stage: Int)]
  /// The sweep's axes on which it depends, directly or through its inputs.
  public let axes: [Int]
  /// The places of its jobs in `Plan.jobs`.
  public internal(set) var jobs: Range<Int> = 0..<0

  /// Where its declared files are looked for, from the root.
  public var projectFolder: Path { experiment.projectFolder.absolute }
}

/// One stage at one point.
public struct PlannedJob: Sendable {
  /// What has to be done for a job.
  public enum Action: Sendable {
    /// The artifact is there.
    case reuse(IndexRecord)
    /// A shorter chain of the same family is there: continue it.
    case extend(from: Int, key: Digest)
    /// A longer chain of the same family is there: take its beginning.
    case cut(from: Int, key: Digest)
    case run
  }

  /// The place of its stage in `Plan.stages`.
  public let stage: Int
  /// One of the points it serves.
  public let point: Int32
  /// Places of its parameters in `Plan.groups`, in the order of the stage's roles.
  let groups: [Int32]
  /// Places of its inputs in `Plan.jobs`, in the order of the recipe's inputs.
  public let inputs: [Int32]
  /// What is to be made.
  public internal(set) var recipe: Recipe
  /// What has to be done for it.
  public var action: Action
  /// What an earlier, shorter run left of it, where `findPrefixes` looked.
  public internal(set) var prefix: IndexRecord?
  /// The artifact that is there but was made by another program than is found today.
  public internal(set) var outdated: Outdated?

  /// An artifact that is to be made again.
  public struct Outdated: Sendable {
    /// The artifact.
    public let record: IndexRecord
    /// What changed, in words.
    public let change: String
  }

  /// Whether there is nothing to do.
  public var isDone: Bool { if case .reuse = action { true } else { false } }
}

/// A parameter group at one combination of the axes that touch it.
struct ResolvedGroup: Sendable {
  let parameters: Record
  let length: Int?
  let goal: Digest?
  /// Digest of the fields that are identity.
  let digest: Digest
  /// The same without the version of the variant: what is asked for, however it is computed.
  let definition: Digest
}
