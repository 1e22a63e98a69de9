internal import Artifacts
internal import Diagnostics
internal import Pipeline
internal import Slurm

/// Looks after a submission when workers ended badly: finds out why, and submits what is missing.
struct Keeper {
  let cluster: Cluster
  let member: SubmissionMember

  func run(_ plan: Plan, _ index: StoreIndex) throws -> ExitCode {
    member.examineTheDead()
    if cluster.submission.wasCancelled {
      cluster.tool.output.print("all workers were cancelled: left as it is")
      return .done
    }
    guard member.movesOn() else {
      cluster.tool.output.print(
        "nothing was done since the last \(SubmissionMember.mostIdleRounds) rounds: given up; "
          + "`slmc submit` begins anew")
      return .jobFailed
    }
    cluster.tell(try cluster.replenish(plan, index))
    return .done
  }

  /// A worker that leaves jobs which need more memory than it had.
  func replenish(_ log: WorkerLog) throws {
    var index = StoreIndex(cluster.store)
    var plan = member.plan
    plan.consult(&index)
    let outcome = try cluster.replenish(plan, index)
    for array in outcome.arrays {
      log.say("submitted job \(array.id): \(array.width) workers for \(array.className)")
    }
  }
}
