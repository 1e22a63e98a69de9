internal import Artifacts
internal import Pipeline

/// Which jobs are ready, running elsewhere, or out of reach.
struct JobQueue {
  private var missingInputs: [Int32]
  private var dependents: [[Int32]]
  private var records: [IndexRecord?]
  private var isClosed: [Bool]
  /// Ready jobs; the last is next.
  private var ready: [Int] = []
  /// Ready jobs that another process holds.
  private var foreign: [Int] = []
  private var announced: Set<Int> = []

  init(_ plan: Plan) {
    let count = plan.jobs.count
    missingInputs = [Int32](repeating: 0, count: count)
    dependents = Array(repeating: [], count: count)
    records = Array(repeating: nil, count: count)
    isClosed = Array(repeating: false, count: count)
    for (place, job) in plan.jobs.enumerated() {
      if case .reuse(let record) = job.action {
        records[place] = record
        isClosed[place] = true
        continue
      }
      for input in job.inputs where !plan.jobs[Int(input)].isDone {
        dependents[Int(input)].append(Int32(place))
        missingInputs[place] += 1
      }
    }
    // Reversed, so that the first job of the plan is the first to start.
    ready = plan.jobs.indices.reversed().filter { !isClosed[$0] && missingInputs[$0] == 0 }
  }

  var isExhausted: Bool { ready.isEmpty && foreign.isEmpty }
  var hasForeign: Bool { !foreign.isEmpty }

  func record(of job: Int) -> IndexRecord? { records[job] }

  mutating func nextReady() -> Int? { ready.popLast() }

  mutating func nextReady(where fits: (Int) -> Bool) -> Int? {
    guard let last = ready.last, fits(last) else { return nil }
    return ready.popLast()
  }

  mutating func putBack(_ job: Int) { ready.append(job) }

  /// Keeps a job for later because another process has it; true the first time.
  mutating func postpone(_ job: Int) -> Bool {
    foreign.append(job)
    return announced.insert(job).inserted
  }

  mutating func takeForeign() -> [Int] {
    defer { foreign = [] }
    return foreign
  }

  mutating func finish(_ job: Int, _ record: IndexRecord) {
    records[job] = record
    isClosed[job] = true
    for dependent in dependents[job].reversed() {
      missingInputs[Int(dependent)] -= 1
      if missingInputs[Int(dependent)] == 0 && !isClosed[Int(dependent)] {
        ready.append(Int(dependent))
      }
    }
  }

  /// Closes everything that needs a failed job; returns those that were still open.
  mutating func fail(_ job: Int) -> [Int] {
    isClosed[job] = true
    var lost: [Int] = []
    var frontier = dependents[job]
    while let next = frontier.popLast() {
      guard !isClosed[Int(next)] else { continue }
      isClosed[Int(next)] = true
      lost.append(Int(next))
      frontier += dependents[Int(next)]
    }
    return lost.sorted()
  }
}
