internal import Artifacts
internal import ContentHash
internal import Pipeline

/// How often to look at what others hold. Alone with a few neighbours: often. One of many: seldom, and
/// ever more so while nothing happens, because every look is traffic on the shared file system.
struct ForeignWatch {
  private static let shortest: Duration = .milliseconds(200)
  private let isShared: Bool
  private let longest: Duration
  private var interval = shortest
  private var lastLook = ContinuousClock.now
  private var idleSince: ContinuousClock.Instant?

  init(isShared: Bool, longest: Duration) {
    self.isShared = isShared
    self.longest = longest
  }

  /// How long the process has had nothing to do.
  mutating func idle(isIdle: Bool) -> Duration {
    guard isIdle else {
      idleSince = nil
      return .zero
    }
    let since = idleSince ?? .now
    idleSince = since
    return ContinuousClock.now - since
  }

  /// How long to wait for a signal at most.
  func pause(isBusy: Bool) -> Int {
    guard isShared else { return 200 }
    return isBusy ? 1000 : min(2000, Int(interval / .milliseconds(1)))
  }

  /// Whether it is time to ask about every single job, leases and all.
  mutating func isDue() -> Bool {
    guard isShared else { return true }
    guard ContinuousClock.now - lastLook > interval else { return false }
    lastLook = .now
    interval = min(interval * 2, longest)
    return true
  }

  /// This process did something itself.
  mutating func worked() { idleSince = nil }

  mutating func sawProgress() { interval = Self.shortest }
}

extension LocalExecutor {
  /// Looks whether others finished what they hold, or died over it.
  mutating func pollForeign() throws {
    guard queue.hasForeign else { return }
    let fresh = Set(index.refresh())
    team?.refresh()
    let isDue = watch.isDue()
    for job in queue.takeForeign() {
      let key = plan.jobs[job].recipe.key
      if isDue || fresh.contains(key), let record = present(job) {
        watch.sawProgress()
        finish(job, record, .shared, seconds: 0)
      } else if team?.hasFailed(job) == true {
        giveUp(job)
      } else if isDue && team?.suits(job) != false {
        queue.putBack(job)
      } else {
        _ = queue.postpone(job)
      }
    }
  }
}
