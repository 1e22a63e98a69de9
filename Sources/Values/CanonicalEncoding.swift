/// Writes values as tagged, length-prefixed bytes: the pre-image of every hash (docs/hashing.md).
///
/// Two values have the same bytes exactly when they are equal. Integers and lengths are eight bytes,
/// little-endian; numbers are IEEE 754 binary64, with -0 written as 0.
public struct CanonicalEncoder {
  /// What was appended so far.
  public private(set) var bytes: [UInt8] = []

  public init() {}

  /// Begins again.
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends the canonical bytes of a value.
  public mutating func append(_ value: Value) {
    switch value {
    case .null: bytes.append(UInt8(ascii: "n"))
    case .boolean(let boolean): bytes.append(UInt8(ascii: boolean ? "t" : "f"))
    case .integer(let integer):
      bytes.append(UInt8(ascii: "i"))
      append(word: UInt64(bitPattern: Int64(integer)))
    case .number(let number):
      bytes.append(UInt8(ascii: "d"))
      append(word: (number == 0 ? 0 : number).bitPattern)
    case .text(let text): append(text)
    case .list(let list):
      bytes.append(UInt8(ascii: "l"))
      append(word: UInt64(list.count))
      for element in list { append(element) }
    case .record(let record):
      bytes.append(UInt8(ascii: "m"))
      append(word: UInt64(record.count))
      for (name, value) in record.elements {
        append(name)
        append(value)
      }
    }
  }

  /// Appends a text.
  public mutating func append(_ text: String) {
    bytes.append(UInt8(ascii: "s"))
    append(word: UInt64(text.utf8.count))
    bytes.append(contentsOf: text.utf8)
  }

  /// Bytes of a known meaning and length, such as a digest, with their own tag.
  public mutating func append(block: some Collection<UInt8>) {
    bytes.append(UInt8(ascii: "b"))
    append(word: UInt64(block.count))
    bytes.append(contentsOf: block)
  }

  private mutating func append(word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }
}
