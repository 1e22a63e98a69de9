internal import Manifest

/// What fills an input of a stage at each point.
struct InputSource {
  let slot: String
  /// The planned stage's place.
  let stage: Int
  /// For each point the job there, -1 where there is none.
  let serving: [Int32]
  /// Where every artifact along some axes is taken: the jobs by the choices of the other axes.
  var groups: FanInGroups?

  /// The slots and jobs of one job's input; nil where one is missing.
  func jobs(at point: Int, in sweep: Sweep) -> [(slot: String, job: Int32)]? {
    guard let groups else { return serving[point] < 0 ? nil : [(slot, serving[point])] }
    guard let jobs = groups.jobs(at: point, in: sweep), !jobs.isEmpty else { return nil }
    return jobs.enumerated().map { (PipelineGraph.Stage.Need.slot($0, of: slot), $1) }
  }
}

/// The jobs of a stage taken together along some axes of the sweep.
struct FanInGroups {
  /// The axes that still tell the groups apart.
  let axes: [Int]
  private var groups: [[Int32]: [Int32]] = [:]

  /// - Parameters:
  ///   - over: the axes whose points are taken together, the first one slowest.
  ///   - stageAxes: the axes on which the stage depends.
  init(_ serving: [Int32], over: [Int], stageAxes: [Int], in sweep: Sweep) {
    axes = stageAxes.filter { !over.contains($0) }
    var entries: [[Int32]: [(choices: [Int32], job: Int32)]] = [:]
    for point in serving.indices where serving[point] >= 0 {
      let group = axes.map { sweep.choice(point: point, axis: $0) }
      let choices = over.map { sweep.choice(point: point, axis: $0) }
      entries[group, default: []].append((choices, serving[point]))
    }
    groups = entries.mapValues { entries in
      var seen: Set<Int32> = []
      return entries.sorted { $0.choices.lexicographicallyPrecedes($1.choices) }
        .map(\.job).filter { seen.insert($0).inserted }
    }
  }

  /// In the order of the axes' values, each job once.
  func jobs(at point: Int, in sweep: Sweep) -> [Int32]? {
    groups[axes.map { sweep.choice(point: point, axis: $0) }]
  }

  /// The largest number of artifacts that one job takes.
  var largest: Int { groups.values.map(\.count).max() ?? 0 }
}
