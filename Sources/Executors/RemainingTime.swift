public import Artifacts
public import Pipeline

/// What jobs cost by what such jobs cost before: per unit of work where their kind tells how much
/// that is, else per step for chains and per job for everything else.
public struct Rates: Sendable {
  private let plan: Plan
  private var seconds: [String: Double] = [:]
  private var perStep: [String: Double] = [:]
  private var perUnit: [String: Double] = [:]
  /// Of the jobs that were open, where their kinds tell.
  private var efforts: [Int: Effort] = [:]

  /// From what the artifacts in the store took.
  public init(_ plan: Plan, _ index: StoreIndex) {
    self.plan = plan
    for kind in Set(plan.stages.map(\.declaration.kind)) {
      seconds[kind] = index.typicalSeconds(kind: kind)
      perStep[kind] = index.typicalSecondsPerStep(kind: kind)
    }
    for (place, job) in plan.jobs.enumerated() where !job.isDone {
      efforts[place] = plan.effort(of: job)
    }
    for (place, effort) in efforts where perUnit[effort.manner] == nil {
      perUnit[effort.manner] = index.secondsPerUnit(
        manner: effort.manner, kind: plan.jobs[place].recipe.kind)
    }
  }

  func effort(of job: Int) -> Effort? { efforts[job] }

  /// What a job of `Plan.jobs` will take; nil where no job of its kind was made yet.
  public func seconds(of place: Int) -> Double? {
    let job = plan.jobs[place]
    if let effort = efforts[place], let rate = perUnit[effort.manner] {
      return rate * effort.amount
    }
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
  private var measured: [Int: Measured] = [:]
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
    measured[plan.jobs[job].stage, default: Measured()].add(seconds, rates.effort(of: job))
  }

  private func expected(_ job: Int) -> Double? {
    let planned = plan.jobs[job]
    guard let here = measured[planned.stage] else { return rates.seconds(of: job) }
    if let effort = rates.effort(of: job) {
      return here.seconds(for: effort) ?? rates.seconds(of: job)
    }
    let isTold = planned.recipe.length == nil || here.count > 1
    return isTold ? here.seconds / Double(here.count) : rates.seconds(of: job)
  }

  private struct Measured {
    private(set) var count = 0
    private(set) var seconds = 0.0
    private var byManner: [String: (seconds: Double, amount: Double)] = [:]

    mutating func add(_ taken: Double, _ effort: Effort?) {
      count += 1
      seconds += taken
      guard let effort else { return }
      let before = byManner[effort.manner] ?? (0, 0)
      byManner[effort.manner] = (before.seconds + taken, before.amount + effort.amount)
    }

    func seconds(for effort: Effort) -> Double? {
      guard let done = byManner[effort.manner], done.amount > 0 else { return nil }
      return done.seconds / done.amount * effort.amount
    }
  }

  /// What is left until all is done.
  public func left(running: [Int: RunningJob]) -> TimeLeft {
    var sum = 0.0
    var longest = 0.0
    var isComplete = true
    for job in open {
      guard let seconds = running[job]?.secondsLeft(of: expected(job)) ?? expected(job) else {
        isComplete = false
        continue
      }
      sum += seconds
      longest = max(longest, seconds)
    }
    return TimeLeft(seconds: max(sum / Double(jobs), longest), isComplete: isComplete)
  }
}

/// A job under way, as far as somebody who looks at it can tell.
public struct RunningJob: Sendable {
  /// What the job itself says; nil before it said anything.
  public var progress: Job.Progress?
  /// nil for a job of another process, which tells nobody when it began.
  public let began: ContinuousClock.Instant?

  /// A job under way.
  public init(progress: Job.Progress? = nil, began: ContinuousClock.Instant? = nil) {
    self.progress = progress
    self.began = began
  }

  /// What it says itself; otherwise what such jobs took, less the time that it had. One that is overdue
  /// is not said to end at once.
  func secondsLeft(of expected: Double?) -> Double? {
    if let own = progress?.secondsLeft { return own }
    guard let expected, let began else { return nil }
    return max(expected - (ContinuousClock.now - began) / .seconds(1), expected / 10)
  }
}

/// How long something takes yet.
public struct TimeLeft: Sendable {
  /// From now to the end.
  public let seconds: Double
  /// Whether nothing is left out that nobody can tell yet.
  public let isComplete: Bool
}
