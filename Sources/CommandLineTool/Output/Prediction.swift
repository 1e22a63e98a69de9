internal import Artifacts
internal import Executors
internal import Pipeline
internal import Reporting

/// What a plan will take: time from what such work took before, room from what the manifest says.
struct Prediction {
  /// Of processor time; nil where some of it never ran yet.
  private(set) var seconds: Double? = 0
  /// Bytes of all artifacts; nil where some kind of them is not known yet.
  private(set) var bytes: Double? = 0
  /// The largest memory of a job, as far as known.
  private(set) var memory: Double?
  private var untimed: [String] = []

  init(_ plan: Plan, _ index: StoreIndex) {
    let rates = Rates(plan, index)
    for stage in plan.stages {
      let open = stage.jobs.filter { !plan.jobs[$0].isDone }
      guard !open.isEmpty else { continue }
      let times = open.compactMap { rates.seconds(of: $0) }
      if times.count == open.count {
        seconds? += times.reduce(0, +)
      } else {
        untimed.append(stage.name)
      }
      let typical = index.typicalBytes(kind: stage.declaration.kind).map(Double.init)
      let isTold = stage.declaration.footprint != nil
      for place in open {
        let footprint = isTold ? plan.footprint(of: plan.jobs[place]) : nil
        if let own = footprint?.memory { memory = max(memory ?? 0, own) }
        bytes = bytes.flatMap { sum in (footprint?.disk ?? typical).map { sum + $0 } }
      }
    }
    if !untimed.isEmpty { seconds = nil }
  }

  /// nil when there is nothing to do.
  var text: String? {
    if let seconds, let bytes, seconds == 0, bytes == 0 { return nil }
    let parts = [
      seconds.map { "\(Amount.duration($0)) of CPU time" }, bytes.map { Amount.bytes($0) },
      memory.map { "memory of a job up to \(Amount.bytes($0))" },
    ].compactMap { $0 }
    let unknown =
      untimed.isEmpty ? nil : "no measured rate yet for " + untimed.joined(separator: ", ")
    let known = parts.isEmpty ? nil : "predicted: " + parts.joined(separator: ", ")
    return [unknown, known].compactMap { $0 }.joined(separator: "; ")
  }
}
