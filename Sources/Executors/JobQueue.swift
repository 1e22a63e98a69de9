internal import Artifacts
internal import Pipeline

/// Which jobs are ready, running elsewhere, or out of reach.
struct JobQueue {
  private var missingInputs: [Int32]
  private var dependents: [[Int32]]
  private var records: [IndexRecord?]
  private var isClosed: [Bool]
  /// Cached jobs below one that is to be made: they stand if that one comes out as it was.
  private var isProvisional: [Bool]
  /// The next longer run of the same chain, which continues this one instead of racing it.
  private var longer: [Int: Int] = [:]
  /// Ready jobs; the last is next.
  private var ready: [Int] = []
  /// Ready jobs that another process holds.
  private var foreign: [Int] = []
  private var announced: Set<Int> = []

  /// Jobs that are neither done nor out of reach.
  private(set) var open = 0

  /// - Parameter start: where among the ready jobs to begin, from 0 to 1.
  init(_ plan: Plan, start: Double = 0) {
    let count = plan.jobs.count
    missingInputs = [Int32](repeating: 0, count: count)
    dependents = Array(repeating: [], count: count)
    records = Array(repeating: nil, count: count)
    isClosed = Array(repeating: false, count: count)
    isProvisional = Array(repeating: false, count: count)
    for (place, job) in plan.jobs.enumerated() {
      for input in job.inputs where !isClosed[Int(input)] {
        dependents[Int(input)].append(Int32(place))
        missingInputs[place] += 1
      }
      if case .reuse(let record) = job.action {
        records[place] = record
        isProvisional[place] = missingInputs[place] > 0
        isClosed[place] = !isProvisional[place]
      }
    }
    orderChains(plan)
    // Reversed, so that the first job of the plan is the first to start.
    ready = plan.jobs.indices.reversed().filter { !isClosed[$0] && missingInputs[$0] == 0 }
    let offset = Int(start * Double(ready.count))
    ready = Array(ready.suffix(offset) + ready.prefix(ready.count - offset))
    open = plan.jobs.count { !$0.isDone }
  }

  /// Runs of one chain to several lengths go one after the other, the shortest first.
  private mutating func orderChains(_ plan: Plan) {
    let chains = plan.jobs.indices.filter { !isClosed[$0] && plan.jobs[$0].recipe.length != nil }
    guard chains.count > 1 else { return }
    for (_, runs) in Dictionary(grouping: chains, by: { plan.jobs[$0].recipe.family }) {
      let ascending = runs.sorted {
        (plan.jobs[$0].recipe.length ?? 0, $0) < (plan.jobs[$1].recipe.length ?? 0, $1)
      }
      for (shorter, next) in zip(ascending, ascending.dropFirst()) {
        longer[shorter] = next
        missingInputs[next] += 1
      }
    }
  }

  private mutating func letGo(_ job: Int) {
    missingInputs[job] -= 1
    if missingInputs[job] == 0 && !isClosed[job] { ready.append(job) }
  }

  var isExhausted: Bool { ready.isEmpty && foreign.isEmpty }
  var hasForeign: Bool { !foreign.isEmpty }

  func record(of job: Int) -> IndexRecord? { records[job] }

  /// What is cached of a job whose inputs had to be made first.
  func provisional(_ job: Int) -> IndexRecord? { isProvisional[job] ? records[job] : nil }

  /// The inputs came out differently: a cached job is to be made after all.
  mutating func reopen(_ job: Int) {
    isProvisional[job] = false
    open += 1
  }

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

  private mutating func close(_ job: Int) {
    if !isClosed[job] && !isProvisional[job] { open -= 1 }
    isClosed[job] = true
  }

  mutating func finish(_ job: Int, _ record: IndexRecord) {
    records[job] = record
    close(job)
    for dependent in dependents[job].reversed() { letGo(Int(dependent)) }
    if let next = longer[job] { letGo(next) }
  }

  /// Closes everything that needs a failed job; returns those that were to be made.
  mutating func fail(_ job: Int) -> [Int] {
    close(job)
    var lost: [Int] = []
    var frontier = dependents[job]
    while let next = frontier.popLast() {
      guard !isClosed[Int(next)] else { continue }
      close(Int(next))
      lost.append(Int(next))
      frontier += dependents[Int(next)]
    }
    for place in [job] + lost {
      if let next = longer[place] { letGo(next) }
    }
    return lost.filter { !isProvisional[$0] }.sorted()
  }
}
