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

  func print(_ text: String = "") { write(text + "\n") }

  func write(_ text: String) {
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
