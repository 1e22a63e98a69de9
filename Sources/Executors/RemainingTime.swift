public import Artifacts
public import Pipeline

/// What jobs cost by what such jobs cost before: per step for chains, per job for everything else.
public struct Rates: Sendable {
  private var seconds: [String: Double] = [:]
  private var perStep: [String: Double] = [:]

  public init(_ plan: Plan, _ index: StoreIndex) {
    for kind in Set(plan.stages.map(\.declaration.kind)) {
      seconds[kind] = index.typicalSeconds(kind: kind)
      perStep[kind] = index.typicalSecondsPerStep(kind: kind)
    }
  }

  /// nil where no job of the kind was made yet.
  public func seconds(of job: PlannedJob) -> Double? {
    guard let length = job.recipe.length, let rate = perStep[job.recipe.kind] else {
      return seconds[job.recipe.kind]
    }
    return switch job.action {
    case .reuse, .cut: 0
    case .extend(let from, _): rate * Double(max(length - from, 0))
    case .run: rate * Double(length)
    }
  }
}

/// How long the rest of a plan will take: what is left, shared among the jobs at a time.
public struct RemainingTime: Sendable {
  private let plan: Plan
  private let jobs: Int
  /// By stage, what its jobs took in this run; nearer to what is left than other experiments.
  private var measured: [Int: (count: Int, seconds: Double)] = [:]
  private let rates: Rates
  private var open: Set<Int>

  /// - Parameter jobs: how many run at a time.
  public init(_ plan: Plan, _ index: StoreIndex, jobs: Int) {
    self.plan = plan
    self.jobs = max(jobs, 1)
    rates = Rates(plan, index)
    open = Set(plan.jobs.indices.filter { !plan.jobs[$0].isDone })
  }

  /// Notes that a job is done or will never be, and what it took where it was made here.
  public mutating func close(_ job: Int, seconds: Double? = nil) {
    open.remove(job)
    guard let seconds else { return }
    let stage = plan.jobs[job].stage
    let before = measured[stage] ?? (0, 0)
    measured[stage] = (before.count + 1, before.seconds + seconds)
  }

  private func expected(_ job: Int) -> Double? {
    let planned = plan.jobs[job]
    if let here = measured[planned.stage], planned.recipe.length == nil || here.count > 1 {
      return here.seconds / Double(here.count)
    }
    return rates.seconds(of: planned)
  }

  /// Seconds until all is done, and whether that leaves something out that nobody can tell yet.
  ///
  /// - Parameter running: what running jobs say of themselves.
  public func seconds(running: [Int: Job.Progress?]) -> (seconds: Double, isComplete: Bool) {
    var sum = 0.0
    var longest = 0.0
    var isComplete = true
    for job in open {
      let own = (running[job] ?? nil)?.secondsLeft
      guard let seconds = own ?? expected(job) else {
        isComplete = false
        continue
      }
      sum += seconds
      longest = max(longest, seconds)
    }
    return (max(sum / Double(jobs), longest), isComplete)
  }
}
