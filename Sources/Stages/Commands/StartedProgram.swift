internal import CLinux
internal import FileSystem
internal import Glibc
internal import Processes

/// A program under way, with the descriptors by which it is followed. It is not started as others are
/// (`Launch`): the kernel has to end it with this process, or to keep it apart.
struct StartedProgram {
  let process: ChildProcess
  /// Becomes readable when it ends; -1 where the kernel has no such thing.
  private let descriptor: Int32
  /// Where the first process of its namespaces tells how it ended; nil for one that is not apart.
  let report: Int32?

  /// The system has no namespaces for this user.
  struct Refused: Error {
    let reason: String
  }

  init(
    _ program: Path, _ words: [String], _ environment: [String], folder: Path, errors: Int32
  ) throws {
    let pid = unsafe withCStrings(words) { words in
      unsafe withCStrings(environment) { environment in
        unsafe slmc_start(program.description, words, environment, folder.description, errors)
      }
    }
    guard pid > 0 else { throw SystemError("start", program.description, code: errno) }
    process = ChildProcess(pid)
    descriptor = slmc_open_process(pid)
    report = nil
  }

  /// - Parameters:
  ///   - root: an empty folder on which its view of the machine is put together.
  ///   - shown: what it sees read-only.
  init(
    _ program: Path, _ words: [String], _ environment: [String], folder: Path, errors: Int32,
    root: Path, shown: [Path]
  ) throws {
    var report: Int32 = -1
    let parts = [root, folder, Isolation.home].map(\.description)
    let pid = unsafe withCStrings(words) { words in
      unsafe withCStrings(environment) { environment in
        unsafe withCStrings(shown.map(\.description)) { shown in
          unsafe withCStrings(parts) { parts in
            var view = unsafe slmc_view(
              root: parts[0], scratch: parts[1], home: parts[2], shown: shown)
            return unsafe slmc_start_apart(
              program.description, words, environment, &view, errors, &report)
          }
        }
      }
    }
    guard pid > 0 else {
      throw Refused(reason: "no namespaces (\(unsafe String(cString: strerror(errno))))")
    }
    process = ChildProcess(pid)
    descriptor = slmc_open_process(pid)
    self.report = report
  }

  /// Waits until it ends, but not long.
  func waitBriefly(milliseconds: Int32) { slmc_wait_for_end(descriptor, milliseconds) }

  func close() {
    for descriptor in [descriptor, report ?? -1] where descriptor >= 0 { Glibc.close(descriptor) }
  }
}
