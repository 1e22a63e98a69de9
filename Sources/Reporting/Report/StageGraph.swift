/// The stages of an experiment by kind, with how many jobs of each are in which state.
public struct StageGraph: Sendable {
  /// The state of a job.
  public enum State: String, Sendable, CaseIterable {
    case done, reused, waiting, failed
  }

  /// All jobs of one stage.
  public struct Stage: Sendable {
    /// What it is called.
    public var name: String
    /// The stage kind.
    public var kind: String
    /// How many of its jobs are in which state.
    public var counts: [State: Int]

    /// A stage with its counts.
    public init(name: String, kind: String, counts: [State: Int]) {
      self.name = name
      self.kind = kind
      self.counts = counts
    }
  }

  /// Inputs come before what needs them.
  public var stages: [Stage]
  /// Pairs of stage names: what comes from the first goes into the second.
  public var edges: [(from: String, to: String)]

  /// A graph; edges that name no stage are ignored.
  public init(stages: [Stage], edges: [(from: String, to: String)]) {
    self.stages = stages
    self.edges = edges
  }
}

extension StageGraph {
  /// The edges as indices of stages.
  var links: [(from: Int, to: Int)] {
    edges.compactMap { edge in
      guard let from = stages.firstIndex(where: { $0.name == edge.from }),
        let to = stages.firstIndex(where: { $0.name == edge.to }), from != to
      else { return nil }
      return (from, to)
    }
  }

  /// The column of each stage: one more than the furthest it depends on; a stage without inputs
  /// stands right before the first that uses it, so that few edges cross other boxes. Rounds
  /// are limited so that even a cycle, which no plan should have, ends.
  package var columns: [Int] {
    let links = links
    var columns = [Int](repeating: 0, count: stages.count)
    for _ in stages.indices {
      var changed = false
      for link in links where columns[link.to] <= columns[link.from] {
        columns[link.to] = min(columns[link.from] + 1, stages.count - 1)
        changed = changed || columns[link.to] > columns[link.from]
      }
      if !changed { break }
    }
    for index in stages.indices where !links.contains(where: { $0.to == index }) {
      let users = links.filter { $0.from == index }.map { columns[$0.to] }
      columns[index] = max(0, (users.min() ?? 1) - 1)
    }
    return columns
  }
}
