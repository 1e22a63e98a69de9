/// A SHA-256 digest as a value of four words.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Big-endian words, so that the order of digests is the order of their hexadecimal texts.
  let words: (UInt64, UInt64, UInt64, UInt64)

  /// From 32 bytes.
  public init(bytes: some Collection<UInt8>) {
    precondition(bytes.count == 32)
    var rest = bytes[...]
    func word() -> UInt64 {
      defer { rest = rest.dropFirst(8) }
      return rest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
    words = (word(), word(), word(), word())
  }

  /// Reads 64 hexadecimal digits.
  public init?(_ hexadecimal: some StringProtocol) {
    let digits = Array(hexadecimal.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for pair in stride(from: 0, to: 64, by: 2) {
      guard let high = nibble(digits[pair]), let low = nibble(digits[pair + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.init(bytes: bytes)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
  }

  public var description: String {
    unsafe String(unsafeUninitializedCapacity: 64) { buffer in
      var place = 0
      for word in [words.0, words.1, words.2, words.3] {
        for shift in stride(from: 60, through: 0, by: -4) {
          unsafe buffer[place] = hexadecimalDigit(
            UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15)
          place += 1
        }
      }
      return 64
    }
  }

  /// Enough digits to tell a few million artifacts apart, for people.
  public var short: String { String(description.prefix(12)) }

  /// The first 128 bits, which name a random stream.
  public var streamName: (key: UInt64, nonce: UInt64) { (words.0, words.1) }

  public static func == (left: Digest, right: Digest) -> Bool {
    left.words == right.words
  }

  public static func < (left: Digest, right: Digest) -> Bool {
    left.words < right.words
  }

  /// A digest is uniform already: one word is hash enough.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

private func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
}

private func nibble(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
}

extension Digest {
  /// Reads the 32 bytes at `offset` without a copy, for tables of many digests.
  public init(storedAt bytes: UnsafeRawBufferPointer, offset: Int) {
    func word(_ index: Int) -> UInt64 {
      let place = offset + 8 * index
      return unsafe UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    words = (word(0), word(1), word(2), word(3))
  }
}
