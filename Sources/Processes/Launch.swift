internal import CLinux
public import FileSystem
internal import Glibc

/// A program that is to be started, as a value: every process of slmc is started from one, but for those
/// that the kernel has to tie to their parent or to keep apart (`Stages/Commands`).
///
/// Nothing is read from this process's input, its blocked signals stay its own, and descriptors that are
/// not named here do not reach the child.
public struct Launch: Sendable {
  /// Where what the program writes goes.
  public enum Target: Sendable {
    case nowhere
    /// At the end of a file, which is made if it is not there.
    case appended(Path)
    /// Into a file that is empty before, for this user alone.
    case fresh(Path)
    /// An open descriptor of this process.
    case descriptor(Int32)
  }

  /// A path; or a name without a slash, looked for along PATH where `isSearched`.
  public var program: String
  /// Whether a name without a slash is looked for along PATH.
  public var isSearched: Bool
  /// What the process list shows.
  public var name: String
  /// The words behind the name.
  public var arguments: [String]
  /// `NAME=VALUE`; nil for the environment of this process.
  public var environment: [String]?
  /// Where its standard output goes.
  public var output = Target.nowhere
  /// nil where errors go the way of the output.
  public var errors: Target?
  /// Whether it leads a process group, so that it and what it starts can be ended together, and a
  /// terminal's interrupt does not reach it.
  public var leadsGroup = false

  /// The program at a path.
  public init(_ program: Path, name: String? = nil, _ arguments: [String]) {
    self.program = program.description
    self.name = name ?? program.description
    self.arguments = arguments
    isSearched = false
  }

  /// The program of a name, or at a path, as a shell would find it.
  public init(named program: String, _ arguments: [String]) {
    self.program = program
    name = program
    self.arguments = arguments
    isSearched = true
  }

  /// Starts it; the caller has to collect the child.
  public func start() throws(SystemError) -> ChildProcess {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe Self.send(1, to: output, &actions)
    if let errors {
      unsafe Self.send(2, to: errors, &actions)
    } else {
      unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    let group = leadsGroup ? POSIX_SPAWN_SETPGROUP : 0
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | group))
    var child: pid_t = 0
    let code = unsafe withCStrings([name] + arguments) { words in
      unsafe withCStrings(environment ?? []) { own in
        let variables = unsafe environment == nil ? UnsafePointer(environ) : own
        return unsafe isSearched
          ? posix_spawnp(&child, program, &actions, &attributes, words, variables)
          : posix_spawn(&child, program, &actions, &attributes, words, variables)
      }
    }
    guard code == 0 else { throw SystemError("start", program, code: code) }
    return ChildProcess(child)
  }

  private static func send(
    _ descriptor: Int32, to target: Target, _ actions: inout posix_spawn_file_actions_t
  ) {
    switch target {
    case .nowhere:
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    case .appended(let file):
      unsafe posix_spawn_file_actions_addopen(
        &actions, descriptor, file.description, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    case .fresh(let file):
      unsafe posix_spawn_file_actions_addopen(
        &actions, descriptor, file.description, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    case .descriptor(let open):
      unsafe posix_spawn_file_actions_adddup2(&actions, open, descriptor)
    }
  }

  /// Becomes the program, under this process's number and environment; returns only if that failed.
  public func replaceThisProcess() {
    unsafe withCStrings([name] + arguments) { words in _ = unsafe execv(program, words) }
  }
}
