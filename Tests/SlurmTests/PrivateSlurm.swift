import FileSystem
import Foundation
import ScratchFolders

/// A Slurm of our own on loopback, one for all tests. It outlives no test process: a watcher stops it
/// within a second of the end, however the end comes.
enum PrivateSlurm {
  /// Nodes n1 and n2 are for tests that leave nodes alone, n3 and n4 for those that do not.
  static let calm = "--exclude=n3,n4"
  static let rough = "--exclude=n1,n2"

  private static let tools = Path(#filePath).folder.folder.folder / "Tools"

  /// SLURM_CONF, or why there is no Slurm.
  static let configuration: Result<String, Failure> = start()

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Whether the tests on a real Slurm were asked for (`make test-slurm`) and can run here; that they
  /// do not run is said loudly.
  static let isInstalled: Bool = {
    guard ProcessInfo.processInfo.environment["SLMC_TEST_SLURM"] != nil else {
      FileHandle.standardError.write(
        Data("\n!!! NOT TESTED against a real Slurm: see make test-slurm !!!\n\n".utf8))
      return false
    }
    let isThere = ["slurmctld", "slurmd", "munged"].allSatisfy { name in
      ["/usr/sbin", "/usr/bin", "/sbin"].contains { (Path($0) / name).exists }
    }
    let isRoot = geteuid() == 0
    if !isThere || !isRoot {
      let reason = isThere ? "a private one needs root" : "slurm-wlm and munge are not installed"
      FileHandle.standardError.write(
        Data("\n!!! NOT TESTED against a real Slurm: \(reason) !!!\n\n".utf8))
    }
    return isThere && isRoot
  }()

  private static func start() -> Result<String, Failure> {
    guard let scratch = try? ScratchFolder() else {
      return .failure(Failure(description: "no /tmp"))
    }
    let folder = Path("\(scratch.path)-slurm")
    let outcome = shell(
      "exec bash '\(tools)/slurm-up.sh' '\(folder)' 4 8 2>'\(scratch.path)/errors'")
    guard outcome.code == 0, let equals = outcome.output.firstIndex(of: "=") else {
      return .failure(Failure(description: (try? (scratch.path / "errors").readText()) ?? "silent"))
    }
    let pid = ProcessInfo.processInfo.processIdentifier
    let watch =
      "while kill -0 \(pid); do sleep 1; done; bash '\(tools)/slurm-down.sh' '\(folder)' --purge"
    _ = shell("setsid sh -c \"\(watch)\" </dev/null >/dev/null 2>&1 &")
    return .success(
      outcome.output[outcome.output.index(after: equals)...]
        .trimmingCharacters(in: .whitespacesAndNewlines))
  }

  static func shell(_ line: String, environment: [String: String] = [:]) -> (
    code: Int32, output: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch { return (127, "\(error)") }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  /// One of Slurm's programs.
  @discardableResult
  static func call(_ line: String) throws -> String {
    shell(line, environment: ["SLURM_CONF": try configuration.get()]).output
  }
}
