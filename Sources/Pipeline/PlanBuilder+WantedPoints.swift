internal import Manifest

extension PlanBuilder {
  /// Whether a job takes all artifacts along an axis.
  func takesTogether(_ bound: [BoundStage]) -> Bool {
    bound.contains { $0.inputs.contains { $0.over != nil } }
  }

  /// The points at which each stage is made. A job that takes all artifacts along an axis needs them
  /// whichever points were chosen: a choice of points changes no value.
  func points(
    of bound: [BoundStage], axes: [Set<Int>], _ wanted: Set<Int>, chosen: [Int]
  ) -> [[Int]] {
    guard takesTogether(bound) else {
      return bound.indices.map { wanted.contains($0) ? chosen : [] }
    }
    var points = bound.indices.map { Set(wanted.contains($0) ? chosen : []) }
    for place in bound.indices.reversed() {
      for input in bound[place].inputs {
        guard let over = input.over else {
          points[input.stage].formUnion(points[place])
          continue
        }
        let others = axes[input.stage].subtracting(over).sorted()
        let combinations = Set(points[place].map { groups.combination(of: others, point: $0) })
        points[input.stage].formUnion(
          (0..<experiment.sweep.count).filter {
            combinations.contains(groups.combination(of: others, point: $0))
          })
      }
    }
    return points.map { $0.sorted() }
  }

  /// The axes on which each stage depends, directly or through its inputs; those that an input takes
  /// together tell its jobs apart no more.
  func axes(of bound: [BoundStage]) -> [Set<Int>] {
    var axes: [Set<Int>] = []
    for stage in bound {
      axes.append(
        Set(
          stage.readings.flatMap { groups.axes(touching: $0.group) }
            + stage.inputs.flatMap { axes[$0.stage].subtracting($0.over ?? []) }
            + stage.foreign.flatMap { foreign.links[$0.link].axes }))
    }
    return axes
  }
}
