internal import Glibc

/// This user's jobs in the queue, from one question for all of them.
public struct QueueSnapshot: Sendable {
  /// One job of the queue, or one element of an array.
  public struct Element: Sendable, Equatable {
    /// SLURM_JOB_ID of the whole array.
    public let array: Int
    /// The element's number, or those still together in one entry, as in `3-9`.
    public let task: String
    /// As Slurm calls it, as in `PENDING`.
    public let state: String
    /// Why it waits, or where it runs.
    public let note: String
    /// How many elements the entry stands for.
    public let count: Int

    /// Whether it is on a node.
    public var isRunning: Bool { state == "RUNNING" || state == "COMPLETING" }
  }

  /// This user's jobs.
  public let elements: [Element]

  /// Asks the cluster.
  public static func ask() throws -> QueueSnapshot {
    QueueSnapshot(
      try SlurmProgram.output([
        "squeue", "--noheader", "--user=\(getuid())", "--format=%F|%K|%T|%R",
      ]))
  }

  package init(_ text: String) {
    elements = text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
      guard parts.count == 4, let array = Int(parts[0]) else { return nil }
      return Element(
        array: array, task: String(parts[1]), state: String(parts[2]), note: String(parts[3]),
        count: Self.size(of: parts[1]))
    }
  }

  /// Those of some arrays.
  public func elements(of arrays: some Collection<Int>) -> [Element] {
    elements.filter { arrays.contains($0.array) }
  }

  /// `[0-3,7%2]` stands for five elements, `N/A` and `4` for one.
  package static func size(of tasks: Substring) -> Int {
    let list = tasks.prefix { $0 != "%" }.filter { $0 != "[" && $0 != "]" }
    return list.split(separator: "," as Character).reduce(0) { sum, range in
      let ends = range.split(separator: "-" as Character).compactMap { Int($0) }
      guard ends.count == 2, 0 <= ends[0], ends[0] <= ends[1], ends[1] < mostElements else {
        return sum + 1
      }
      return sum + ends[1] - ends[0] + 1
    }
  }

  /// More than any cluster's MaxArraySize may be.
  private static let mostElements = 10_000_000
}
