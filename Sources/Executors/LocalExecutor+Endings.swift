internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Glibc
internal import Pipeline
internal import Processes

/// What becomes of jobs whose process has ended.
extension LocalExecutor {
  mutating func fail(_ job: Int, reason: String) {
    summary.failed.append(job)
    // A program may print what a terminal takes for orders.
    let log = runner.store.log(of: plan.jobs[job].recipe.key)
    let lines = ((try? log.readText()) ?? "").split(separator: "\n").suffix(8).map {
      Printable.text(String($0))
    }
    onEvent(.failed(job: job, reason: Printable.text(reason), lines: lines))
    skipDependents(of: job)
    if settings.failFast { stop(SIGTERM, isRequested: false) }
  }

  /// Another worker's attempt failed: nothing to try, nothing to tell twice.
  mutating func giveUp(_ job: Int) {
    summary.failedElsewhere += 1
    skipDependents(of: job)
  }

  private mutating func skipDependents(of job: Int) {
    for dependent in queue.fail(job) {
      summary.skipped.append(dependent)
      onEvent(.skipped(job: dependent))
    }
  }

  mutating func collectEnded() throws {
    for (pid, ended) in running {
      guard let ending = ended.process.collect() else { continue }
      running[pid] = nil
      defer {
        ended.staging.discard()
        ProgressFile(runner.store, key: plan.jobs[ended.job].recipe.key).remove()
        ended.lease.release()
      }
      let seconds = (ContinuousClock.now - ended.began) / .seconds(1)
      try settle(ended.job, ending, ended.origin, seconds: seconds)
    }
  }

  private mutating func settle(
    _ job: Int, _ ending: ChildProcess.Ending, _ origin: Event.Origin, seconds: Double
  ) throws {
    switch ending {
    case .exited(0):
      guard let record = index.artifact(plan.jobs[job].recipe.key) else {
        return fail(job, .failed(reason: "the job ended without its artifact"))
      }
      _ = team?.end(job, .committed)
      finish(job, record, origin, seconds: seconds)
    case .exited(130), .exited(143):
      if stopping || team != nil {
        fail(job, .interrupted)
      } else {
        fail(job, reason: "the job was asked to end; its checkpoint is kept")
      }
    // Asked to end before it listened.
    case .killed(SIGTERM) where stopping: fail(job, .interrupted)
    case .exited(6): throw StoreError.jobFailed(log: lastLine(of: job))
    case .exited(ProgramFile.replacedCode): throw ProgramFile.Replaced()
    case .exited(let code): fail(job, .failed(reason: "exit code \(code)"))
    case .killed(SIGKILL): fail(job, .killed)
    case .killed(let signal): fail(job, .failed(reason: Self.explain(signal: signal)))
    }
  }

  /// Without a team every ending but an interruption is a failure.
  private mutating func fail(_ job: Int, _ ending: JobEnding) {
    var (verdict, ending) = (Verdict.proceed, ending)
    if let team {
      // A cluster that cancels a worker asks all of its processes to end: what failed just before the
      // word reached this one did not fail by itself.
      if !stopping { try? handleSignals(milliseconds: 100) }
      if stopping, case .failed = ending { ending = .interrupted }
      verdict = team.end(job, ending)
      if case .interrupted = ending, case .proceed = verdict { verdict = .postpone }
    }
    switch (verdict, ending) {
    case (.postpone, _): _ = queue.postpone(job)
    case (.giveUp, _): giveUp(job)
    case (.fail(let reason), _), (.proceed, .failed(let reason)): fail(job, reason: reason)
    case (.proceed, .killed): fail(job, reason: Self.explain(signal: SIGKILL))
    case (.proceed, .interrupted), (.proceed, .committed): break
    }
  }

  private func lastLine(of job: Int) -> String {
    let text = try? runner.store.log(of: plan.jobs[job].recipe.key).readText()
    return text?.split(separator: "\n").last.map(String.init) ?? "no message"
  }

  private static func explain(signal: Int32) -> String {
    signal == SIGKILL
      ? "killed (signal 9); if nobody did it, the machine ran out of memory"
      : "ended by signal \(signal)"
  }
}
