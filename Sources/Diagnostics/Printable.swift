/// Text as a terminal may show it: without what would move the cursor, name the window or turn the
/// direction of writing.
public enum Printable {
  /// - Parameter isColoured: whether our own colours, `ESC [ digits m`, stay.
  public static func text(_ text: String, isColoured: Bool = false) -> String {
    guard !text.utf8.allSatisfy(isHarmless) else { return text }
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}", isColoured, let length = colourLength(rest) {
        result.append(scalar)
        result.append(contentsOf: rest.prefix(length))
        rest = rest.dropFirst(length)
      } else {
        result.append(isForeign(scalar) ? "\u{FFFD}" : scalar)
      }
    }
    return String(result)
  }

  /// Plain ASCII, which is nearly everything.
  private static func isHarmless(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x09
  }

  /// Controls, and the marks that turn the direction of what follows.
  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\n", "\t": false
    case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}", "\u{200E}"..."\u{200F}", "\u{2028}"..."\u{202E}",
      "\u{2066}"..."\u{2069}":
      true
    default: false
    }
  }

  /// Scalars of a colour behind its escape, nil for anything else.
  private static func colourLength(_ rest: Substring.UnicodeScalarView) -> Int? {
    guard rest.first == "[" else { return nil }
    let digits = rest.dropFirst().prefix { ("0"..."9").contains($0) || $0 == ";" }
    guard rest.dropFirst(1 + digits.count).first == "m" else { return nil }
    return digits.count + 2
  }
}
