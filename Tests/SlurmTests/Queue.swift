import FileSystem
import Glibc

/// Who of a site is in the queue.
extension Site {
  struct Worker {
    /// As the queue shows it: `12_3`.
    let id: String
    let state: String
    let node: String
  }

  /// Workers and keepers of this site's submission.
  func queue() throws -> [Worker] {
    try PrivateSlurm.call("squeue -h -r -o '%i %T %N %k'").split(separator: "\n").compactMap {
      line in
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      guard words.count > 3, let name = try (store / "submissions").names().first,
        words[3] == "slmc:\(name)"
      else { return nil }
      return Worker(id: words[0], state: words[1], node: words[2])
    }
  }

  var running: [Worker] { get throws { try queue().filter { $0.state == "RUNNING" } } }

  /// The process that prints to a worker's log; of several lives the last.
  func workerPid(_ job: String) -> Int32? {
    let log = PrivateSlurm.shell(
      "grep -h 'Z process ' '\(store)'/submissions/*/workers/\(job).log 2>&1 | tail -1"
    ).output
    let words = log.split(separator: " ")
    return words.firstIndex(of: "process").flatMap { Int32(words[$0 + 1]) }
  }

  /// Ends a worker's process without a word.
  func killWorker(_ worker: Worker) throws {
    guard let pid = workerPid(worker.id) else {
      throw Stuck(description: "worker \(worker.id) did not say its process\n\(logs)")
    }
    kill(pid, SIGKILL)
  }
}
