/// Where a text is not the UTF-8 that YAML 1.2 (§5.1) allows, checked before any parser sees it.
struct ForeignCharacter {
  var message: String
  var position: Position
}

/// The first malformed byte or control character other than tab and line ends, if there is one.
func findForeignCharacter(in bytes: [UInt8]) -> ForeignCharacter? {
  var index = 0
  while index < bytes.count {
    let byte = bytes[index]
    if byte >= 0x20, byte < 0x7F {
      index += 1
      continue
    }
    if byte == 0x09 || byte == 0x0A || byte == 0x0D {
      index += 1
      continue
    }
    guard let (scalar, length) = decodeScalar(bytes, at: index) else {
      let name = "byte 0x" + String(byte, radix: 16)
      return ForeignCharacter(
        message: "malformed UTF-8 (\(name))", position: position(of: index, in: bytes))
    }
    if scalar < 0xA0 || scalar == 0xFEFF || scalar == 0xFFFE || scalar == 0xFFFF {
      if scalar != 0x85 {
        let digits = String(scalar, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return ForeignCharacter(
          message: "control character \(name)", position: position(of: index, in: bytes))
      }
    }
    index += length
  }
  return nil
}

/// One scalar of strict UTF-8 (Unicode 15, table 3-7): no overlong forms, surrogates or excess.
private func decodeScalar(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
  let first = bytes[index]
  let length: Int
  switch first {
  case 0..<0x80: return (UInt32(first), 1)
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF: length = 3
  case 0xF0...0xF4: length = 4
  default: return nil
  }
  guard index + length <= bytes.count else { return nil }
  var scalar = UInt32(first) & (0x7F >> UInt32(length))
  for byte in bytes[(index + 1)..<(index + length)] {
    guard byte & 0xC0 == 0x80 else { return nil }
    scalar = scalar << 6 | UInt32(byte & 0x3F)
  }
  let smallest: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
  guard scalar >= smallest[length], Unicode.Scalar(scalar) != nil else { return nil }
  return (scalar, length)
}

private func position(of index: Int, in bytes: [UInt8]) -> Position {
  var line = 1
  var start = 0
  for place in 0..<index {
    let endsLine = bytes[place] == 0x0A || (bytes[place] == 0x0D && bytes[place + 1] != 0x0A)
    if endsLine {
      line += 1
      start = place + 1
    }
  }
  let column = bytes[start..<index].count { $0 & 0xC0 != 0x80 } + 1
  return Position(line: line, column: column)
}
