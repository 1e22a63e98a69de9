/// Why a text is not JSON, and at which byte.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in words.
  public let reason: String
  /// The byte where it is.
  public let offset: Int
  public var description: String { "not valid JSON: \(reason) at byte \(offset)" }
}

extension Value {
  /// Reads one JSON text (RFC 8259). Numbers without point or exponent that fit become integers.
  public init(json bytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(bytes: bytes)
    self = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.place == bytes.count else { throw reader.error("text after the end") }
  }

  /// Reads one JSON text.
  public init(json text: String) throws(JSONError) {
    try self.init(json: Array(text.utf8))
  }
}

private struct JSONReader {
  static let deepest = 256
  let bytes: [UInt8]
  var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: place) }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      place += 1
    }
  }

  mutating func value(depth: Int) throws(JSONError) -> Value {
    guard depth < Self.deepest else { throw error("nested too deeply") }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try record(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw error("unexpected end")
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: Value) throws(JSONError) -> Value {
    guard bytes[place...].starts(with: text.utf8) else { throw error("unknown word") }
    place += text.utf8.count
    return value
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    skipBlanks()
    guard next == byte else { throw error("expected '\(Character(Unicode.Scalar(byte)))'") }
    place += 1
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func list(depth: Int) throws(JSONError) -> Value {
    place += 1
    var elements: [Value] = []
    if take(UInt8(ascii: "]")) { return .list([]) }
    repeat { elements.append(try value(depth: depth + 1)) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return .list(elements)
  }

  private mutating func record(depth: Int) throws(JSONError) -> Value {
    place += 1
    var record = Record()
    if take(UInt8(ascii: "}")) { return .record(record) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw error("expected a name in quotes") }
      let name = try string()
      try expect(UInt8(ascii: ":"))
      record[name] = try value(depth: depth + 1)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return .record(record)
  }

  private mutating func number() throws(JSONError) -> Value {
    let start = place
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if Self.isNumber(bytes[start..<place]) {
      if let integer = Int(text) { return .integer(integer) }
      if let number = Double(text), number.isFinite { return .number(number) }
    }
    place = start
    throw error("not a number")
  }

  /// The grammar of RFC 8259, which is narrower than what `Double` takes: no leading zero, digits on
  /// both sides of the point.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    guard let first = rest.first, digits(&rest) > 0 else { return false }
    if first == UInt8(ascii: "0"), text.count - rest.count > (text.first == first ? 1 : 2) {
      return false
    }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      if digits(&rest) == 0 { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      if digits(&rest) == 0 { return false }
    }
    return rest.isEmpty
  }

  private static func digits(_ rest: inout ArraySlice<UInt8>) -> Int {
    let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
    rest.removeFirst(count)
    return count
  }

  private mutating func string() throws(JSONError) -> String {
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw error("text is not UTF-8")
        }
        return valid
      case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
      case 0..<0x20: throw error("control character in text")
      default: text.append(byte)
      }
    }
    throw error("text without closing quote")
  }

  private mutating func escape() throws(JSONError) -> Unicode.Scalar {
    guard let byte = next else { throw error("unexpected end") }
    place += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("unknown escape")
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if (0xd800..<0xdc00).contains(first), bytes[place...].starts(with: "\\u".utf8) {
      place += 2
      let second = try hexadecimal()
      guard (0xdc00..<0xe000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
      else { throw error("half a surrogate pair") }
      return scalar
    }
    guard let scalar = Unicode.Scalar(first) else { throw error("half a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    let digits = bytes[place...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(Self.isHexadecimal),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("expected four hexadecimal digits") }
    place += 4
    return code
  }

  /// `UInt32(_:radix:)` alone would also take a sign.
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isHexDigit
  }
}
