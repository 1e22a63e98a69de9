import FileSystem
import Foundation
import ScratchFolders

/// A Slurm of our own on loopback, one for all tests of a process. It outlives no test process: a
/// watcher stops it within a second of the end, however the end comes.
enum PrivateSlurm {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let nodes = 4

  /// Small arrays, so that few workers need several of them; a partition that takes nodes from the
  /// other one.
  private static let extra = """
    MaxArraySize=8
    PreemptType=preempt/partition_prio
    PreemptMode=REQUEUE
    PartitionName=urgent Nodes=ALL PriorityTier=10 MaxTime=INFINITE State=UP
    """

  private static let tools = Path(#filePath).folder.folder.folder / "Tools"

  /// SLURM_CONF, or why there is no Slurm.
  static let configuration: Result<String, Failure> = start()

  /// Whether the tests on a real Slurm were asked for (`make test` does) and can run here; that they
  /// do not run is said loudly.
  static let isInstalled: Bool = {
    let programs = ["slurmctld", "slurmd", "munged"]
    let isThere = programs.allSatisfy { name in
      ["/usr/sbin", "/usr/bin", "/sbin"].contains { (Path($0) / name).exists }
    }
    let trouble: String? =
      if ProcessInfo.processInfo.environment["SLMC_TEST_SLURM"] == nil {
        "see make test-slurm"
      } else if !isThere {
        "slurm-wlm and munge are not installed"
      } else {
        geteuid() == 0 ? nil : "a private one needs root"
      }
    if let trouble { say("NOT TESTED against a real Slurm: \(trouble)") }
    return trouble == nil
  }()

  static func say(_ text: String) {
    FileHandle.standardError.write(Data("\n!!! \(text) !!!\n\n".utf8))
  }

  private static func start() -> Result<String, Failure> {
    guard let scratch = try? ScratchFolder() else {
      return .failure(Failure(description: "no /tmp"))
    }
    let folder = Path("\(scratch.path)-slurm")
    // Before anything starts: a start that fails or is killed half way is cleaned up, too. A test
    // process that ended and that nobody reaped has a state letter Z.
    let pid = ProcessInfo.processInfo.processIdentifier
    let watch = """
      while grep -qs "^State:.[^ZX]" /proc/\(pid)/status; do sleep 0.5; done
      exec bash "\(tools)/slurm-down.sh" "\(folder)" --purge
      """
    _ = shell("setsid sh -c '\(watch)' </dev/null >/dev/null 2>&1 &")
    let outcome = shell(
      "bash '\(tools)/slurm-up.sh' '\(folder)' \(nodes) 8 2>'\(scratch.path)/errors'",
      environment: ["SLURM_LOCAL_EXTRA": extra])
    guard outcome.code == 0, let equals = outcome.output.firstIndex(of: "=") else {
      let errors = (try? (scratch.path / "errors").readText()) ?? ""
      return .failure(Failure(description: "exit \(outcome.code): \(outcome.output)\(errors)"))
    }
    return .success(
      outcome.output[outcome.output.index(after: equals)...]
        .trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// What a shell line prints. It may take two minutes and not more, and nothing that it leaves running
  /// can keep us waiting: output goes to a file and not through a pipe.
  static func shell(_ line: String, environment: [String: String] = [:]) -> (
    code: Int32, output: String
  ) {
    guard let scratch = try? ScratchFolder(), (try? scratch.write(line, to: "line")) != nil else {
      return (127, "no /tmp")
    }
    let file = scratch.path / "output"
    let variables = environment.map { "\($0)='\($1)'" }.sorted().joined(separator: " ")
    let status = unsafe system(
      "env \(variables) timeout --kill-after=5 120 sh '\(scratch.path)/line' </dev/null >'\(file)'")
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    return (code, (try? file.readText()) ?? "")
  }

  /// One of Slurm's programs.
  @discardableResult
  static func call(_ line: String) throws -> String {
    shell(
      "PATH=/usr/sbin:$PATH; \(line)", environment: ["SLURM_CONF": try configuration.get()]
    ).output
  }

  static var folder: Path { get throws { Path(try configuration.get()).folder.folder } }

  static func emptyQueue() throws {
    try call("scancel --user=root")
    for _ in 0..<50 {
      if try call("squeue -h").isEmpty { return }
      usleep(200_000)
    }
  }

  /// Nothing in the queue, all nodes up: whatever the test before did to them.
  static func makeReady() throws {
    try emptyQueue()
    for node in 1...nodes {
      let file = try (folder / "run" / "slurmd-n\(node).pid").description
      try call("kill -0 $(cat '\(file)') 2>&1 || slurmd -N n\(node) >/dev/null")
    }
    for _ in 0..<150 {
      let state = try call("squeue -h; sinfo -h -N -p main -o '%N %t' | grep -v ' idle$'")
      if state.isEmpty { return }
      try call(
        """
        for node in $(sinfo -h -N -p main -o '%N %t' | grep -E ' (down|drain|drng|unk)' | cut -d' ' -f1)
        do scontrol update nodename=$node state=resume; done
        """)
      usleep(200_000)
    }
    throw Failure(description: "the private Slurm does not get ready\n\(try situation())")
  }

  /// Queue, nodes and what the controller said last, for a test that waits in vain.
  static func situation() throws -> String {
    try call(
      """
      squeue -r -o '%i %j %T %N %r %S'; sinfo -N -p main -o '%N %t %E'; \
      tail -n 20 '\(folder)/log/slurmctld.log'
      """)
  }
}
