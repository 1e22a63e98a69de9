/// Seeded damage to valid bytes: what disks, cut transfers, editors and liars do to a file.
///
/// A failing case is found again from its seed.
public struct Damage: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int.random(in: 0..<bound, using: &self)
  }

  /// Numbers at which arithmetic goes over, and words that are none.
  static let numbers = [
    "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "4294967295",
    "2147483648", "1e308", "-1e308", "1e-320", "1e999", "0x10", "1_000", "nan", "-inf", "true", "",
    "99999999999999999999999999999999999999", "007777777777", "٣",
  ]

  static let pieces = [
    "\n", "\r\n", "\0", "\u{FEFF}", "é", "\u{2028}", "{", "}", "[", "]", "\"", "'", ",", ":", "=",
    "|", "-", "~", ".", "..", "/", "../", "%", "#", " ", "\t", "null", "[[[[[[[[", "\\u0000",
  ]

  static let words: [UInt64] = [
    0, 1, 0xFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF,
    0x8000_0000_0000_0000, .max, .max - 511, 1 << 53, 1 << 62,
  ]

  /// The bytes after one to four injuries.
  public mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(4) { injure(&bytes) }
    return bytes
  }

  public mutating func damaged(_ text: String) -> [UInt8] { damaged(Array(text.utf8)) }

  private mutating func injure(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    let end = min(bytes.count, place + 1 + below(1 << below(10)))
    switch below(9) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 1 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
    case 2: bytes.removeSubrange(place..<end)
    case 3: bytes.insert(contentsOf: bytes[place..<end], at: below(bytes.count + 1))
    case 4: bytes.removeSubrange(place...)
    case 5: overwrite(&bytes, at: place)
    case 6: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)].utf8, at: place)
    case 7:
      bytes.append(contentsOf: (0..<below(600)).map { _ in UInt8(truncatingIfNeeded: next()) })
    default: replaceNumber(&bytes, from: place)
    }
  }

  /// A lie where a length or a count may be, in either order of bytes.
  private mutating func overwrite(_ bytes: inout [UInt8], at place: Int) {
    let word = Self.words[below(Self.words.count)]
    let stored = below(2) == 0 ? word.littleEndian : word.bigEndian
    let width = [2, 4, 8][below(3)]
    for offset in 0..<width where place + offset < bytes.count {
      bytes[place + offset] = UInt8(truncatingIfNeeded: stored >> UInt64(8 * offset))
    }
  }

  /// Another number for the first run of digits after a place.
  private mutating func replaceNumber(_ bytes: inout [UInt8], from place: Int) {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Self.numbers[below(Self.numbers.count)].utf8)
  }
}
