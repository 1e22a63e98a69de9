internal import Artifacts
internal import ContentHash
internal import Executors
internal import Glibc
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Slurm

/// What a worker of a cluster prints: one line with its time for everything that a person looks for
/// when something went wrong at night.
struct WorkerLog {
  private let plan: Plan
  private let output: Terminal
  private let began = ContinuousClock.now

  init(_ plan: Plan, _ output: Terminal) {
    self.plan = plan
    self.output = output
  }

  func say(_ text: String) {
    var moment = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&moment, &parts)
    let stamp = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map {
      $0 < 10 ? "0\($0)" : "\($0)"
    }
    output.print("\(stamp.joined(separator: ":"))Z \(text)")
  }

  func greet(_ environment: [String: String]) {
    let job = WorkerSeat(environment).name
    let restarts = environment["SLURM_RESTART_COUNT"].map { ", restart \($0)" } ?? ""
    let counts = plan.counts
    say(
      "\(ProcessIdentity.current) for \(plan.experiment.name), job \(job)\(restarts): "
        + "\(counts.run + counts.extend) of \(plan.jobs.count) jobs to do")
  }

  private func name(_ job: Int) -> String {
    "\(plan.name(of: plan.jobs[job])) \(plan.jobs[job].recipe.key.short)"
  }

  func show(_ event: Event) {
    switch event {
    case .began(let job): say("began \(name(job))")
    case .finished(let job, let origin, let seconds):
      guard origin != .shared, !plan.stages[plan.jobs[job].stage].declaration.isLight else {
        return
      }
      say("\(origin.rawValue) \(name(job)) in \(Amount.duration(seconds))")
    case .failed(let job, let reason, let lines):
      say("failed \(name(job)): \(reason)")
      for line in lines { output.print("    \(line)") }
    case .reopened(let job): say("an input came out differently: \(name(job)) is to be made again")
    case .interrupted: say("asked to end: running jobs write their checkpoints")
    case .progressed, .skipped, .waiting: break
    }
  }

  func end(_ summary: RunSummary) {
    let elapsed = Amount.duration((ContinuousClock.now - began) / .seconds(1))
    say(
      "\(summary.made) made, \(summary.shared) by others, \(summary.failed.count) failed, "
        + "\(summary.open) left in \(elapsed)")
  }
}
