/// What is changed in gnuplot's pictures so that equal figures have equal bytes and look right
/// where its fonts are missing.
package enum PictureFile {
  /// The fonts to try in turn; readers without Computer Modern get a serif of similar colour.
  static let fontFamilies =
    "CMU Serif, Latin Modern Roman, STIX Two Text, Cambria, Georgia, Times New Roman, serif"

  /// Names fall-back fonts, drops markers of no size and gives the picture a title for those who
  /// do not see it.
  package static func finishedSVG(_ svg: String, title: String) -> String {
    svg.replacing("font-family=\"CMU Serif\"", with: "font-family=\"\(fontFamilies)\"")
      .replacing("<title>Gnuplot</title>", with: "<title>\(Escaping.markup(title))</title>")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("scale(0.00)") && !$0.contains("scale(0.01)") }
      .joined(separator: "\n")
      // Hollow markers need a rim that is seen.
      .replacing(#/(id='gpPt\d+') stroke-width='[0-9.]+'/#) {
        "\($0.output.1) stroke-width='0.32'"
      }
      .replacing(#/<desc>Produced by GNUPLOT[^<]*<\/desc>\s*/#, with: "")
  }

  /// Overwrites the date of making, of the same length so that the file's offsets stay right.
  package static func finishedPDF(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    let mark = Array("/CreationDate (D:".utf8)
    guard let start = position(of: mark, in: bytes) else { return bytes }
    var place = start + mark.count
    while place < result.count, result[place] != UInt8(ascii: ")") {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(result[place]) {
        result[place] = UInt8(ascii: "0")
      }
      place += 1
    }
    return result
  }

  /// The Info dictionary stands near the end, so the search runs backwards.
  private static func position(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    return (0...(bytes.count - pattern.count)).reversed().first { start in
      bytes[start] == pattern[0] && bytes[start..<(start + pattern.count)].elementsEqual(pattern)
    }
  }
}
