/// Time spent so far, in seconds, from a clock that the caller brings along.
public struct ChainTime: Sendable, Equatable {
  /// By the clock on the wall.
  public var wall: Double
  /// Of this thread's processor.
  public var cpu: Double

  /// So many seconds of each.
  public init(wall: Double, cpu: Double) {
    self.wall = wall
    self.cpu = cpu
  }

  /// No time.
  public static let zero = ChainTime(wall: 0, cpu: 0)

  public static func - (a: ChainTime, b: ChainTime) -> ChainTime {
    ChainTime(wall: a.wall - b.wall, cpu: a.cpu - b.cpu)
  }

  public static func + (a: ChainTime, b: ChainTime) -> ChainTime {
    ChainTime(wall: a.wall + b.wall, cpu: a.cpu + b.cpu)
  }
}

/// What a chain spends its time on.
public enum ChainPart: String, Sendable, CaseIterable {
  case inner
  case exact
  case measurement
  case rest

  /// What belongs to it, in words.
  public var summary: String {
    switch self {
    case .inner: "the walk in the effective models"
    case .exact: "the exact weight: its evaluation, or updates on it, and the decision"
    case .measurement: "the observables of the row"
    case .rest: "everything else: keeping the row"
    }
  }

  /// Names of the part's columns.
  public var wallColumn: String { rawValue + "WallTime" }
  /// The name of the column of CPU time.
  public var cpuColumn: String { rawValue + "CPUTime" }
}

/// The times of one row by part.
public struct PartTimes: Sendable, Equatable {
  /// Of the walk in the effective models.
  public var inner = ChainTime.zero
  /// Of the exact weight.
  public var exact = ChainTime.zero
  /// Of the observables.
  public var measurement = ChainTime.zero
  /// From the beginning of the row to its end.
  public var total = ChainTime.zero

  public init() {}

  /// Timing columns in the order in which `append` writes them.
  public static let columns: [Column] = ChainPart.allCases.flatMap { part in
    [
      Column(part.wallColumn, unit: "s", isTiming: true, "wall time of " + part.summary),
      Column(part.cpuColumn, unit: "s", isTiming: true, "CPU time of " + part.summary),
    ]
  }

  /// Appends the times of the parts in the order of `columns`.
  public func append(to row: inout [Double]) {
    for time in [inner, exact, measurement, total - inner - exact - measurement] {
      row.append(time.wall)
      row.append(time.cpu)
    }
  }
}
