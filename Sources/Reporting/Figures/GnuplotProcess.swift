internal import FileSystem
internal import Glibc
internal import Processes

/// One run of gnuplot on a script in a directory.
struct GnuplotProcess {
  enum Outcome {
    case finished(status: Int, messages: String)
    case notFound
    case failedToStart(reason: String)
  }

  let command: String

  /// Runs a script in its directory with a fixed locale and without the user's start-up files, so
  /// that the same script gives the same bytes for everyone.
  ///
  /// Messages go to a file, not a pipe: a program that it leaves behind would keep a pipe open.
  func run(script: String, in directory: Path) -> Outcome {
    let log = directory / ".\(script).messages-\(getpid())"
    defer { log.remove() }
    // -d: no ~/.gnuplot, no site-wide gnuplotrc. The script names its files relative to itself.
    let change = "cd '" + directory.description.replacing("'", with: "''") + "'"
    var launch = Launch(named: command, ["-d", "-e", change, script])
    launch.environment = Self.environment()
    launch.errors = .fresh(log)
    let ending: ChildProcess.Ending
    do {
      ending = try launch.start().wait()
    } catch {
      return error.isMissing ? .notFound : .failedToStart(reason: error.reason)
    }
    let messages = (try? log.readText()) ?? ""
    if ending.code == 127, messages.isEmpty { return .notFound }
    return .finished(status: Int(ending.code), messages: messages)
  }

  private static func environment() -> [String] {
    let kept = ["PATH", "HOME", "XDG_CACHE_HOME", "FONTCONFIG_FILE", "LD_LIBRARY_PATH"]
    return kept.compactMap { name in
      unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
    } + ["LC_ALL=C.UTF-8"]
  }
}
