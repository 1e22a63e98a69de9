internal import Diagnostics
internal import Glibc
internal import Synchronization

/// Where text goes: a terminal, which may show colours and repaint lines, or a file or pipe.
final class Terminal: Sendable {
  private let descriptor: Int32
  let isInteractive: Bool
  /// Colours only where somebody looks, and not when NO_COLOR asks for none.
  let isColoured: Bool

  init(descriptor: Int32, environment: [String: String]) {
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1
    isColoured = isInteractive && environment["NO_COLOR", default: ""].isEmpty
  }

  var width: Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private var height: Int {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return 24 }
    return Int(size.ws_row)
  }

  /// What of the lines the screen has room for: a wrapped or scrolled view could not be repainted.
  func fitted(_ lines: [String]) -> [String] {
    let (width, room) = (width, max(1, height - 1))
    var shown = lines.prefix(room).map { visiblePrefix(of: $0, width: width) }
    if lines.count > room { shown[room - 1] = "… and \(lines.count - room + 1) more lines" }
    return shown
  }

  /// Lines in the place of what the screen shows.
  func repaint(_ lines: [String]) {
    // Home, each line to its end, then what is below: no blank screen in between.
    let shown = fitted(lines).map { Printable.text($0, isColoured: isColoured) + "\u{1B}[K\n" }
    writeRaw("\u{1B}[H" + shown.joined() + "\u{1B}[J")
  }

  /// Takes back the last lines that were written.
  func eraseLines(_ count: Int) { writeRaw("\u{1B}[\(count)A\u{1B}[J") }

  func print(_ text: String = "") { write(text + "\n") }

  /// Names and texts come from manifests, archives and programs of others, so what moves the cursor,
  /// names the window or turns the direction of writing never gets through.
  func write(_ text: String) { writeRaw(Printable.text(text, isColoured: isColoured)) }

  private func writeRaw(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      // A closed pipe (`slmc ls | head`) ends the output, not the work.
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  enum Ink: String {
    case strong = "1"
    case faint = "2"
    case good = "32"
    case bad = "31"
    case warning = "33"
  }

  func paint(_ text: String, _ ink: Ink) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// SIGKILL to ourselves: nothing is flushed, nothing cleaned up.
func killThisProcess() { kill(getpid(), SIGKILL) }

/// As much of a line as fits, colour escapes not counted; a mark where something was cut.
private func visiblePrefix(of line: String, width: Int) -> String {
  guard visibleLength(of: line) > width else { return line }
  var result = ""
  var count = 0
  var isEscape = false
  var isPainted = false
  for character in line {
    if character == "\u{1B}" { (isEscape, isPainted) = (true, true) }
    if !isEscape {
      guard count < width - 1 else { return result + "…" + (isPainted ? "\u{1B}[0m" : "") }
      count += 1
    }
    result.append(character)
    if isEscape && character == "m" { isEscape = false }
  }
  return result
}

/// How many characters a terminal shows of a line.
func visibleLength(of line: String) -> Int {
  var count = 0
  var isEscape = false
  for character in line {
    if character == "\u{1B}" { isEscape = true }
    if !isEscape { count += 1 }
    if isEscape && character == "m" { isEscape = false }
  }
  return count
}
