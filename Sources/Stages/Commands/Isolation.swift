internal import CLinux
public import FileSystem
internal import Glibc

/// How far a command is kept from what it does not declare.
enum Isolation {
  /// In namespaces of its own: it sees its folder, and read-only what the system and its program need.
  case apart(shown: [Path])
  /// In its folder, with the rest of the machine within reach.
  case open

  /// The environment variable that asks for `open`, as for looking for a mistake in a program.
  static let variable = "SLMC_COMMANDS"

  static var isWanted: Bool {
    unsafe getenv(variable).map { unsafe String(cString: $0) } != "open"
  }

  /// Where the program sees its folder: the same place in every run, so that a path in an output is no
  /// difference.
  static let home = Path("/scratch")

  /// - Parameters:
  ///   - shows: what the manifest asks for.
  ///   - homes: what belongs to the program.
  static func keptApart(shows: [Path], homes: [Path]) -> Isolation {
    let system = ProgramSearch.systemFolders.map { Path($0) }
    var shown = system
    // A link is shown as a link, so what it leads to is shown as well.
    let wanted = (shows + homes).flatMap { $0.isLink ? [$0, $0.resolved].compactMap { $0 } : [$0] }
    for path in wanted where !shown.contains(where: { path.lies(in: $0) }) {
      // A wider one takes the place of those within it.
      shown.removeAll { $0.lies(in: path) }
      shown.append(path)
    }
    return .apart(shown: shown)
  }

  /// The step of `slmc_start_apart` that failed, in words.
  static func explain(_ report: slmc_report) -> String {
    let steps = [
      "no new user", "no file system of its own", "a folder cannot be shown",
      "its folder cannot be shown", "no /proc of its own", "no /dev of its own",
      "its view cannot be entered", "no process",
    ]
    let step = steps.indices.contains(Int(report.step) - 1) ? steps[Int(report.step) - 1] : "?"
    return "\(step) (\(unsafe String(cString: strerror(report.value))))"
  }
}

extension Path {
  fileprivate func lies(in folder: Path) -> Bool {
    self == folder || description.hasPrefix(folder.description + "/")
  }
}

/// Whether commands can be kept apart on this machine, tried out.
public enum CommandIsolation {
  /// nil where they are; otherwise what is in the way.
  public static func obstacle(in scratch: Path) -> String? {
    guard Isolation.isWanted else { return "\(Isolation.variable)=open asks for it" }
    let folder = scratch / "command"
    defer { try? folder.removeTree() }
    do {
      try (folder / "scratch").createFolders()
      let program = ExternalProgram(words: ["true"], workspace: folder, shows: [])
      return try program.run(shouldStop: { false }).obstacle
    } catch {
      return "\(error)"
    }
  }
}
