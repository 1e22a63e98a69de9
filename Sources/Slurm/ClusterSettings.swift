public import Manifest
internal import Values

/// What one job of the cluster asks for.
public struct Resources: Sendable, Equatable {
  /// Slurm's `--partition`; empty for the cluster's own choice.
  public var partition: String
  /// Slurm's `--account`; empty for the user's own.
  public var account: String
  /// Slurm's `--qos`; empty for none.
  public var qos: String
  /// Slurm's `--constraint`; empty for none.
  public var constraint: String
  /// Minutes.
  public var time: Int
  /// Megabytes of a worker at its first attempt.
  public var memory: Int
  /// Of each worker, which is how many jobs it does at once.
  public var cores: Int
  /// Further words for sbatch, as they are.
  public var options: [String]
}

/// A profile's `slurm` part as typed values.
public struct ClusterSettings: Sendable {
  /// What stages have unless they say otherwise.
  public let base: Resources
  /// Stages whose resources differ.
  let own: [(stage: String, resources: Resources)]
  /// How often a job that ran out of memory is tried with twice as much.
  public let memoryRetries: Int
  /// How many workers there are at most.
  public let workers: Int
  /// How many of them run at once; 0 for all.
  public let throttle: Int
  /// Minutes of predicted work for a worker.
  public let chunk: Int
  /// Seconds before the time limit.
  public let lead: Int
  /// Seconds that a worker waits for work before it leaves.
  public let linger: Int
  /// Seconds without a sign of life after which a worker of another node counts as dead.
  public let patience: Int
  /// Shell commands before a worker starts, as for loading modules.
  public let preamble: String

  /// nil without a cluster.
  public init?(_ experiment: Experiment) {
    guard let cluster = experiment.cluster else { return nil }
    let base = Resources(cluster, over: nil)
    self.base = base
    own = (cluster["stages"]?.record?.elements.map { ($0, $1) } ?? []).compactMap { name, value in
      value.record.map { (name, Resources($0, over: base)) }
    }
    func integer(_ name: String) -> Int { cluster[name]?.integer ?? 0 }
    memoryRetries = integer("memoryRetries")
    workers = integer("workers")
    throttle = integer("throttle")
    chunk = integer("chunk")
    lead = integer("lead")
    linger = integer("linger")
    patience = integer("patience")
    preamble = cluster["preamble"]?.text ?? ""
  }

  /// What a stage's jobs ask for.
  public func resources(of stage: String) -> Resources {
    own.first { $0.stage == stage }?.resources ?? base
  }

  /// Stages with equal resources share workers: the name of the first of them, in order.
  public func className(of stage: String, in stages: [String]) -> String {
    let resources = resources(of: stage)
    if resources == base { return Self.baseClass }
    return stages.first { self.resources(of: $0) == resources } ?? stage
  }

  /// The name of the resources that stages have unless they say otherwise.
  public static let baseClass = "work"
}

extension Resources {
  /// What a record is silent about is as in `base`.
  init(_ record: Record, over base: Resources?) {
    func text(_ name: String, _ other: String?) -> String { record[name]?.text ?? other ?? "" }
    func integer(_ name: String, _ other: Int?) -> Int { record[name]?.integer ?? other ?? 1 }
    partition = text("partition", base?.partition)
    account = text("account", base?.account)
    qos = text("qos", base?.qos)
    constraint = text("constraint", base?.constraint)
    time = integer("time", base?.time)
    memory = integer("memory", base?.memory)
    cores = integer("cores", base?.cores)
    options = record["options"]?.list?.compactMap(\.text) ?? base?.options ?? []
  }
}
