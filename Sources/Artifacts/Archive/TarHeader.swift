/// One header of the ustar format (IEEE Std 1003.1, pax, "ustar Interchange Format"), with nothing of
/// the machine in it: no owner, no time, one mode. Equal files give equal archives.
struct TarHeader: Sendable, Equatable {
  static let blockSize = 512
  let name: String
  let size: Int

  init(name: String, size: Int) {
    self.name = name
    self.size = size
  }

  /// nil when the name does not fit, 155 bytes of folders and 100 of the rest.
  var block: [UInt8]? {
    guard let (prefix, rest) = Self.split(name) else { return nil }
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    func put(_ text: String, at start: Int) {
      for (offset, byte) in text.utf8.enumerated() { block[start + offset] = byte }
    }
    put(rest, at: 0)
    put(Self.octal(0o644, digits: 7), at: 100)
    put(Self.octal(0, digits: 7), at: 108)
    put(Self.octal(0, digits: 7), at: 116)
    if size < 1 << 33 {
      put(Self.octal(size, digits: 11), at: 124)
    } else {
      // Larger sizes in base 256, as GNU tar and libarchive write them.
      block[124] = 0x80
      for place in 0..<8 {
        block[128 + place] = UInt8(truncatingIfNeeded: size >> (56 - 8 * place))
      }
    }
    put(Self.octal(0, digits: 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(prefix, at: 345)
    put(Self.octal(block.reduce(0) { $0 + Int($1) }, digits: 6), at: 148)
    block[154] = 0
    return block
  }

  /// nil when the block is no header of a plain file: wrong sum, or a link, or a device.
  init?(_ block: [UInt8]) {
    guard block.count == Self.blockSize else { return nil }
    var blank = block
    for place in 148..<156 { blank[place] = UInt8(ascii: " ") }
    func text(_ range: Range<Int>) -> String {
      String(decoding: block[range].prefix { $0 != 0 }, as: UTF8.self)
    }
    func number(_ range: Range<Int>) -> Int? {
      if block[range.lowerBound] == 0x80 {
        return block[range].suffix(8).reduce(0) { $0 << 8 | Int($1) & 0xff }
      }
      return Int(text(range).filter { $0 != " " }, radix: 8)
    }
    guard number(148..<156) == blank.reduce(0, { $0 + Int($1) }),
      block[156] == 0 || block[156] == UInt8(ascii: "0"), let size = number(124..<136), size >= 0
    else { return nil }
    let prefix = text(345..<500)
    name = prefix.isEmpty ? text(0..<100) : prefix + "/" + text(0..<100)
    self.size = size
  }

  /// Zeros that fill the last block of a file.
  static func padding(after size: Int) -> Int { (blockSize - size % blockSize) % blockSize }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  private static func split(_ name: String) -> (prefix: String, rest: String)? {
    if name.utf8.count <= 100 { return ("", name) }
    for slash in name.indices.reversed() where name[slash] == "/" {
      let (prefix, rest) = (name[..<slash], name[name.index(after: slash)...])
      if prefix.utf8.count <= 155 && rest.utf8.count <= 100 && !rest.isEmpty {
        return (String(prefix), String(rest))
      }
    }
    return nil
  }
}
