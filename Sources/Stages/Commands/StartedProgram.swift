internal import CLinux
internal import FileSystem
internal import Glibc

/// A program under way, with the descriptors by which it is followed.
struct StartedProgram {
  let pid: pid_t
  /// Becomes readable when it ends; -1 where the kernel has no such thing.
  let process: Int32
  /// Where the first process of its namespaces tells how it ended; nil for one that is not apart.
  let report: Int32?

  /// The system has no namespaces for this user.
  struct Refused: Error {
    let reason: String
  }

  init(
    _ program: Path, _ words: [String], _ environment: [String], folder: Path, errors: Int32
  ) throws {
    pid = unsafe Self.withCStrings(words) { words in
      unsafe Self.withCStrings(environment) { environment in
        unsafe slmc_start(program.description, words, environment, folder.description, errors)
      }
    }
    guard pid > 0 else { throw SystemError("start", program.description, code: errno) }
    process = slmc_open_process(pid)
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
    pid = unsafe Self.withCStrings(words) { words in
      unsafe Self.withCStrings(environment) { environment in
        unsafe Self.withCStrings(shown.map(\.description)) { shown in
          unsafe Self.withCStrings(parts) { parts in
            unsafe shown.withUnsafeBufferPointer { shown in
              var view = unsafe slmc_view(
                root: parts[0], scratch: parts[1], home: parts[2], shown: shown.baseAddress)
              return unsafe slmc_start_apart(
                program.description, words, environment, &view, errors, &report)
            }
          }
        }
      }
    }
    guard pid > 0 else {
      throw Refused(reason: "no namespaces (\(unsafe String(cString: strerror(errno))))")
    }
    process = slmc_open_process(pid)
    self.report = report
  }

  func close() {
    for descriptor in [process, report ?? -1] where descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Texts as C wants them, ended by a null pointer.
  private static func withCStrings(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> pid_t
  ) -> pid_t {
    let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
    let result = unsafe body(copies)
    unsafe copies.forEach { unsafe free($0) }
    return result
  }
}
