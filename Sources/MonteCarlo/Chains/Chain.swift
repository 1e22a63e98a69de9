/// A Markov chain that records one row per step and can stop and continue bit for bit.
///
/// The framework owns the loop, the files and the checkpoints; a chain knows how to make one step
/// and what its whole state is.
public protocol Chain: AnyObject {
  /// What one step records. The row is the columns' values one after the other.
  var columns: [Column] { get }
  /// Makes one step and appends exactly one row (the sum of the columns' widths) to `rows`.
  func advance(into rows: inout [Double])
  /// Everything needed to continue: fields, streams, tuned widths, counters.
  var state: ChainState { get }
  /// Continues from a state that a chain of the same parameters saved.
  func restore(_ state: ChainState) throws(FieldError)
  /// Numbers fixed before measuring (tuned step widths, frozen inner lengths) and diagnostics such
  /// as the worst drift, for the artifact.
  var facts: [Fact] { get }
}

/// One recorded quantity of a chain.
public struct Column: Sendable, Equatable {
  /// The name of its dataset.
  public let name: String
  /// How physicists write it, as an observable's symbol.
  public let symbol: String
  /// Of its numbers; `1` for pure ones.
  public let unit: String
  /// Shape of one row's entry: [] for a number, [N, 3] for a configuration of spins.
  public let shape: [Int]
  /// What it is, in a line.
  public let summary: String
  /// Durations differ from run to run, so they are kept apart from the results.
  public let isTiming: Bool
  /// Whether it is the field itself and no observable.
  public let isConfiguration: Bool

  /// A column with one number a row unless a shape is given.
  public init(
    _ name: String, symbol: String = "", unit: String = "1", shape: [Int] = [],
    isTiming: Bool = false, isConfiguration: Bool = false, _ summary: String
  ) {
    self.name = name
    self.symbol = symbol
    self.unit = unit
    self.shape = shape
    self.summary = summary
    self.isTiming = isTiming
    self.isConfiguration = isConfiguration
  }

  /// The column of a measured quantity.
  public init(_ observable: Observable) {
    self.init(
      observable.name, symbol: observable.symbol, unit: observable.unit, shape: observable.shape,
      observable.summary)
  }

  /// The column of ln W, which every chain records.
  public static func logWeight(_ summary: String) -> Column {
    Column("logWeight", symbol: "$\\ln W$", summary)
  }

  /// The column of ln W_eff, which chains with an effective model record.
  public static func logWeightEffective(_ summary: String) -> Column {
    Column("logWeightEffective", symbol: "$\\ln W_{\\mathrm{eff}}$", summary)
  }

  /// How many numbers a row has of it.
  public var width: Int { shape.reduce(1, *) }
}

/// A named number about a chain as a whole.
public struct Fact: Sendable, Equatable {
  /// The name of its dataset.
  public let name: String
  /// The number.
  public let value: Double
  /// `1` for a pure number.
  public let unit: String
  /// What it is, in a line.
  public let summary: String

  /// A number about a chain.
  public init(_ name: String, _ value: Double, unit: String = "1", _ summary: String) {
    self.name = name
    self.value = value
    self.unit = unit
    self.summary = summary
  }
}

/// The complete state of a chain as named arrays, in a fixed order.
public struct ChainState: Sendable, Equatable {
  /// Numbers by name.
  public var reals: [String: [Double]]
  /// Bits that are no numbers by name, as of random streams.
  public var words: [String: [UInt64]]

  /// A state of such arrays.
  public init(reals: [String: [Double]] = [:], words: [String: [UInt64]] = [:]) {
    self.reals = reals
    self.words = words
  }
}
