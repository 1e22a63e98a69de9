internal import Artifacts
internal import ContentHash
internal import Manifest
internal import Pipeline
internal import Slurm
internal import Values

/// Workers of one stage in the cluster's queue.
struct QueueCounts {
  private(set) var running = 0
  private(set) var pending = 0
  private(set) var held = 0
  /// Why the first of the pending ones waits.
  private(set) var reason = ""

  var isEmpty: Bool { running + pending + held == 0 }

  mutating func add(_ element: QueueSnapshot.Element) {
    if element.isRunning {
      running += element.count
    } else if element.note.contains("Held") {
      held += element.count
    } else {
      pending += element.count
      if reason.isEmpty { reason = element.note.filter { $0 != "(" && $0 != ")" } }
    }
  }

  var text: String {
    var parts: [String] = []
    if running > 0 { parts.append("\(running) worker\(running == 1 ? "" : "s") running") }
    if pending > 0 { parts.append("\(pending) pending (\(reason))") }
    if held > 0 { parts.append("\(held) held") }
    return parts.isEmpty ? "no worker" : parts.joined(separator: ", ")
  }

  var json: Value {
    .record([
      "running": .integer(running), "pending": .integer(pending), "held": .integer(held),
      "reason": .text(reason),
    ])
  }
}

extension StatusReport {
  /// Puts the queue's states beside the stages: one question for all jobs, and none where nothing was
  /// submitted or everything is done.
  mutating func askQueue(_ plan: Plan, _ store: Store) {
    let submissions = Submission.all(of: experiment, in: store)
    guard !isComplete, !submissions.isEmpty else { return }
    nameFailures(submissions, plan)
    let snapshot: QueueSnapshot
    do {
      snapshot = try QueueSnapshot.ask()
    } catch {
      queueTrouble = "\(error)"
      return
    }
    let keepers = submissions.flatMap(\.arrays).filter(\.isKeeper).map(\.id)
    hasKeeper = !snapshot.elements(of: keepers).isEmpty
    let names = stages.map(\.name)
    for place in stages.indices where stages[place].cached < stages[place].jobs {
      var counts = QueueCounts()
      for submission in submissions {
        let arrays = submission.arrays.filter {
          !$0.isKeeper && $0.className == submission.className(of: names[place], in: names)
        }
        for element in snapshot.elements(of: arrays.map(\.id)) { counts.add(element) }
      }
      stages[place].queue = counts
    }
    for place in running.indices {
      let key = running[place].key
      running[place].workerLog = submissions.lazy.compactMap { $0.workerLog(of: key) }.first
    }
  }

  /// Jobs that workers gave up for reasons that stand in no log of theirs.
  private mutating func nameFailures(_ submissions: [Submission], _ plan: Plan) {
    for job in plan.jobs where !job.isDone {
      let key = job.recipe.key
      guard let reason = submissions.lazy.compactMap({ $0.failure(of: key) }).first else {
        continue
      }
      if let known = failures.firstIndex(where: { $0.key == key }) {
        if !failures[known].log.contains(reason) {
          failures[known] = Failure(
            name: failures[known].name, key: key, log: failures[known].log + [reason])
        }
      } else {
        stages[job.stage].failed += 1
        failures.append(Failure(name: plan.name(of: job), key: key, log: [reason]))
      }
    }
  }
}
