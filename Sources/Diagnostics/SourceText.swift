/// A text together with the name it goes by, so that a complaint can quote the offending line.
public struct SourceText: Sendable {
  /// The file's name, as it was given.
  public let file: String
  /// The lines without their ends; malformed UTF-8 is repaired, since this is only ever shown.
  public let lines: [String]

  /// The text of a file, to be quoted from.
  public init(file: String, text: String) {
    self.init(file: file, bytes: Array(text.utf8))
  }

  /// Lines end in LF, CR LF or CR, as YAML has it.
  public init(file: String, bytes: [UInt8]) {
    self.file = file
    var lines: [String] = []
    var start = 0
    for end in bytes.indices where bytes[end] == 0x0A || bytes[end] == 0x0D {
      if bytes[end] == 0x0A, end > 0, bytes[end - 1] == 0x0D {
        start = end + 1
        continue
      }
      lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end + 1
    }
    lines.append(String(decoding: bytes[start...], as: UTF8.self))
    self.lines = lines
  }

  /// The line with this number, counting from 1; nil outside the text.
  public func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }

  /// The line and column of the last character's end: where the text breaks off.
  public var end: (line: Int, column: Int) {
    let last = lines.count > 1 && lines.last == "" ? lines.count - 1 : lines.count
    return (last, lines[last - 1].unicodeScalars.count + 1)
  }

  /// An error at a place in this text, quoting its line.
  public func error(
    _ message: String, line number: Int, column: Int, length: Int = 1, hint: String? = nil
  ) -> Diagnostic {
    let place = SourceLocation(file: file, line: number, column: column)
    return Diagnostic(
      .error, message, at: place, sourceLine: line(number), length: length, hint: hint)
  }
}
