/// Looks at fields and changes nothing: what a chain records, and what is measured on stored fields.
public protocol Measurement: AnyObject {
  /// What `measure` writes, in order; numbers before arrays.
  var observables: [Observable] { get }
  /// How the ln W that `measure` tells is defined, for the column of it.
  var logWeightSummary: String { get }
  /// Replaces `values` by those of all observables, one after the other. Tells ln W where that comes out
  /// on the way; nil where it does not.
  func measure(_ field: borrowing Field, into values: inout [Double]) -> Double?
}

extension Measurement {
  public var logWeightSummary: String { "ln W of the configuration" }
}

/// A measured quantity.
public struct Observable: Sendable, Equatable {
  /// The name of its dataset and of its result.
  public let name: String
  /// How physicists write it, as text with TeX between dollars: `$|M|$`; empty where the words of the
  /// name say it.
  public let symbol: String
  /// Of its numbers; `1` for pure ones.
  public let unit: String
  /// Shape of one field's entry: [] for a number, [L/2 + 1] for a correlator.
  public let shape: [Int]
  /// Whether it is among the few that a reader wants first.
  public let isMain: Bool
  /// Definition with its normalisation.
  public let summary: String

  /// A measured quantity.
  public init(
    _ name: String, symbol: String = "", unit: String = "1", shape: [Int] = [],
    isMain: Bool = false, _ summary: String
  ) {
    self.name = name
    self.symbol = symbol
    self.unit = unit
    self.shape = shape
    self.isMain = isMain
    self.summary = summary
  }

  /// How many numbers it is.
  public var width: Int { shape.reduce(1, *) }
}
