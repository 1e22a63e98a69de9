/// A plain datum: what a manifest's field, an artifact's description or a line of JSON holds.
public enum Value: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([Value])
  case record(Record)
}

/// Named values, kept in ascending order of their names so that the spelling of a file never
/// reaches a hash or an output.
public struct Record: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  /// Ascending by their UTF-8 bytes.
  public private(set) var names: [String] = []
  /// In the order of the names.
  public private(set) var values: [Value] = []

  public init() {}

  /// From names with values; of one name the last counts.
  public init(dictionaryLiteral elements: (String, Value)...) {
    for (name, value) in elements { self[name] = value }
  }

  /// From names with values; of one name the last counts.
  public init(_ elements: some Sequence<(String, Value)>) {
    for (name, value) in elements { self[name] = value }
  }

  /// Whether it has no field.
  public var isEmpty: Bool { names.isEmpty }
  /// How many fields it has.
  public var count: Int { names.count }
  /// Names with values, ascending by name.
  public var elements: Zip2Sequence<[String], [Value]> { zip(names, values) }

  /// The value of a field; nil takes the field away.
  public subscript(name: String) -> Value? {
    get {
      let place = position(of: name)
      return isPresent(name, at: place) ? values[place] : nil
    }
    set {
      let place = position(of: name)
      switch (isPresent(name, at: place), newValue) {
      case (true, let value?): values[place] = value
      case (true, nil):
        names.remove(at: place)
        values.remove(at: place)
      case (false, let value?):
        names.insert(name, at: place)
        values.insert(value, at: place)
      case (false, nil): break
      }
    }
  }

  /// Names are their bytes: `==` of strings would also take another spelling of an accent.
  private func isPresent(_ name: String, at place: Int) -> Bool {
    place < names.count && names[place].utf8.elementsEqual(name.utf8)
  }

  /// The first place whose name is not below `name`, compared by UTF-8 bytes.
  private func position(of name: String) -> Int {
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      if names[middle].utf8.lexicographicallyPrecedes(name.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}

extension Value: ExpressibleByStringLiteral {
  /// Reads one JSON text.
  public init(stringLiteral text: String) { self = .text(text) }
}
