internal import Values

/// What a field of a manifest may hold.
public indirect enum FieldType: Sendable {
  case boolean
  case integer(ClosedRange<Int>)
  case number(Interval)
  case text
  case choice([String])
  case list(of: FieldType, count: ClosedRange<Int>)
  case record(GroupSchema)
  /// The first type that fits; `auto` or a number, say.
  case either([FieldType])
  /// Anything, typed as YAML 1.2's core schema types it. For groups that no stage kind describes.
  case any

  /// Non-negative and positive integers without a bound above.
  public static let natural = FieldType.integer(0...Int.max)
  /// An integer from 1 on.
  public static let count = FieldType.integer(1...Int.max)

  var isRecord: Bool { if case .record = self { true } else { false } }
}

/// A range of numbers whose ends may be excluded or infinite.
public struct Interval: Sendable, Hashable {
  /// The lower end; minus infinity for none.
  public var lowest: Double
  /// The upper end; infinity for none.
  public var highest: Double
  /// Whether the lower end belongs to it.
  public var includesLowest: Bool
  /// Whether the upper end belongs to it.
  public var includesHighest: Bool

  /// All numbers between two ends, with the ends unless said otherwise.
  public init(
    _ lowest: Double, _ highest: Double, includesLowest: Bool = true, includesHighest: Bool = true
  ) {
    self.lowest = lowest
    self.highest = highest
    self.includesLowest = includesLowest
    self.includesHighest = includesHighest
  }

  /// Every number.
  public static let finite = Interval(-.infinity, .infinity)
  /// Above 0.
  public static let positive = Interval(0, .infinity, includesLowest: false)
  /// 0 and above.
  public static let nonNegative = Interval(0, .infinity)
  /// From 0 to 1.
  public static let unit = Interval(0, 1)

  /// Infinite and not-a-number values are in no interval.
  public func contains(_ number: Double) -> Bool {
    number.isFinite
      && (number > lowest || (includesLowest && number == lowest))
      && (number < highest || (includesHighest && number == highest))
  }
}

extension FieldType {
  /// The type in words, for messages and the documentation.
  public var description: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range) where range.lowerBound == range.upperBound: "\(range.lowerBound)"
    case .integer(let range): "an integer" + Self.bounds(range)
    case .number(let interval): "a number" + interval.description
    case .text: "text"
    case .choice(let names): "one of " + names.joined(separator: ", ")
    case .list(let element, let count): "a list of \(Self.size(count))\(element.plural)"
    case .record(let group): "a group with " + group.fields.map(\.name).joined(separator: ", ")
    case .either(let types): types.map(\.description).joined(separator: ", or ")
    case .any: "anything"
    }
  }

  private var plural: String {
    switch self {
    case .integer(let range): "integers" + Self.bounds(range)
    case .number(let interval): "numbers" + interval.description
    case .text: "texts"
    case .record: "groups"
    default: "entries, each " + description
    }
  }

  private static func size(_ count: ClosedRange<Int>) -> String {
    switch (count.lowerBound, count.upperBound) {
    case (let low, let high) where low == high: "\(low) "
    case (0, .max): ""
    case (let low, .max): "at least \(low) "
    case (let low, let high): "\(low) to \(high) "
    }
  }

  private static func bounds(_ range: ClosedRange<Int>) -> String {
    switch (range.lowerBound, range.upperBound) {
    case (.min, .max): ""
    case (let low, .max): ", at least \(low)"
    case (.min, let high): ", at most \(high)"
    case (let low, let high): " from \(low) to \(high)"
    }
  }
}

extension Interval {
  var description: String {
    let low = Value.spelling(of: lowest)
    let high = Value.spelling(of: highest)
    return switch (lowest.isFinite, highest.isFinite) {
    case (false, false): ""
    case (true, false): includesLowest ? ", at least \(low)" : " above \(low)"
    case (false, true): includesHighest ? ", at most \(high)" : " below \(high)"
    case (true, true):
      " in \(includesLowest ? "[" : "(")\(low), \(high)\(includesHighest ? "]" : ")")"
    }
  }
}
