/// A positive finite number as decimal digits: 0.d0 d1 d2 … times ten to the `exponent`.
///
/// The digits are the shortest that read back as the same `Double`, so what is rounded is the
/// number a reader sees: 0.125 is a tie although most decimal fractions are not exact in binary.
struct DecimalDigits: Equatable {
  private(set) var digits: [UInt8]
  private(set) var exponent: Int

  /// The digits of |x|; zero has no digits. `x` must be finite.
  init(_ x: Double) {
    digits = []
    exponent = 0
    var seenPoint = false
    var characters = Substring(x.magnitude.description)
    if let mark = characters.firstIndex(of: "e") {
      exponent = Int(characters[characters.index(after: mark)...]) ?? 0
      characters = characters[..<mark]
    }
    for character in characters.utf8 {
      if character == UInt8(ascii: ".") {
        seenPoint = true
      } else {
        digits.append(character - UInt8(ascii: "0"))
        if !seenPoint { exponent += 1 }
      }
    }
    trim()
  }

  var isZero: Bool { digits.isEmpty }

  /// The power of ten of the leading digit: 0 for 1…9.99, -1 for 0.1…0.99.
  var leadingPower: Int { exponent - 1 }

  /// The number formed by the first `count` digits, padded with zeros.
  func leading(_ count: Int) -> Int {
    (0..<count).reduce(0) { $0 * 10 + Int($1 < digits.count ? digits[$1] : 0) }
  }

  /// Rounds to a multiple of ten to the `power`, ties away from zero.
  func rounded(to power: Int) -> DecimalDigits {
    var result = self
    let kept = exponent - power
    guard kept < digits.count else { return result }
    guard kept >= 0 else {
      result.digits = []
      result.exponent = 0
      return result
    }
    let carries = digits[kept] >= 5
    result.digits.removeSubrange(kept...)
    if carries { result.increment(at: kept - 1) }
    result.trim()
    return result
  }

  /// Plain positional notation with exactly `decimals` figures after the point, which must be
  /// enough to hold every digit.
  func fixed(decimals: Int) -> String {
    func digit(ofPower power: Int) -> Character {
      let index = exponent - 1 - power
      let value = digits.indices.contains(index) ? digits[index] : 0
      return Character(UnicodeScalar(UInt8(ascii: "0") + value))
    }
    let whole = String((0..<max(exponent, 1)).reversed().map(digit(ofPower:)))
    guard decimals > 0 else { return whole }
    return whole + "." + String((1...decimals).map { digit(ofPower: -$0) })
  }

  /// The number times ten to the `power`.
  func scaled(byPower power: Int) -> DecimalDigits {
    var result = self
    if !isZero { result.exponent += power }
    return result
  }

  /// How many figures after the point the digits need.
  var decimalsNeeded: Int { max(0, digits.count - exponent) }

  /// Adds one unit at a digit; index -1 is the place before the first digit.
  private mutating func increment(at index: Int) {
    var place = index
    while place >= 0, digits[place] == 9 {
      digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  /// Removes zeros at both ends, so that equal numbers have equal digits.
  private mutating func trim() {
    let leadingZeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leadingZeros)
    exponent -= leadingZeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }
}
