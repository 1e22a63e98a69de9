internal import Artifacts
internal import Diagnostics
internal import Manifest
internal import Slurm

enum CancelVerb: Verb {
  static let declaration = VerbDeclaration(
    "cancel", "take an experiment's workers out of the cluster's queue",
    details: """
      Running workers write their checkpoints first. What was committed stays; `slmc submit` goes on
      from there.
      """,
    positionals: [.init("EXP.yaml")], options: .manifestOptions + [.quiet],
    examples: ["slmc cancel experiments/attention-depth.yaml"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let experiment = try tool.experiment(arguments)
    let store = try tool.store(arguments, near: experiment)
    let submissions = Submission.all(of: experiment.name, in: store)
    let arrays = submissions.flatMap(\.arrays)
    guard !arrays.isEmpty else {
      tool.output.print("\(experiment.name) was never submitted from this store")
      return .done
    }
    let queue = try QueueSnapshot.ask()
    // Keepers first: they must not replace what is cancelled next.
    let order = arrays.filter(\.isKeeper) + arrays.filter { !$0.isKeeper }
    let present = order.filter { !queue.elements(of: [$0.id]).isEmpty }
    try SlurmJob.cancel(present.map(\.id))
    for submission in submissions { RunLease.end(group: submission.leaseGroup, in: store) }
    let workers = queue.elements(of: present.filter { !$0.isKeeper }.map(\.id))
    if !arguments.has("--quiet") {
      let count = workers.reduce(0) { $0 + $1.count }
      let running = workers.count { $0.isRunning }
      tool.output.print(
        count == 0
          ? "\(experiment.name): no worker is in the queue"
          : "\(experiment.name): \(count) worker\(count == 1 ? "" : "s") cancelled, "
            + "\(running) of them running")
    }
    return .done
  }
}
