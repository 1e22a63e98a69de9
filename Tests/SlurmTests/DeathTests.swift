import Glibc
import Testing

extension RealSlurm {
  /// Workers that end before their work does.
  @Suite struct DeathTests {
    /// One of four is killed and two are cancelled: the last and the keeper do the work.
    @Test func workersEndEarly() throws {
      let site = try Site(RealSlurm.sleepers(24, seconds: 0.5), slurm: "workers: 4")
      _ = try site.submit()
      try site.waitForRunning(4)
      try site.waitUntilMade(2)
      let workers = try site.running.sorted { $0.id < $1.id }
      try site.killWorker(workers[0])
      try PrivateSlurm.call("scancel \(workers[1].id) \(workers[2].id)")
      try site.waitUntilComplete()
      site.expectMadeOnce(24, killed: 1)
      #expect(try site.contents() == site.reference())
    }

    /// All workers die: the keeper submits new ones.
    @Test func everyWorkerIsKilled() throws {
      let site = try Site(RealSlurm.sleepers(6, seconds: 1), slurm: "workers: 2")
      _ = try site.submit()
      try site.waitForRunning(2)
      for worker in try site.running { try site.killWorker(worker) }
      try site.waitUntilComplete()
      site.expectMadeOnce(6, killed: 2)
      #expect(try site.contents() == site.reference())
    }

    /// The keeper does not bring back what a person cancelled.
    @Test func cancelledStaysCancelled() throws {
      let site = try Site(RealSlurm.sleepers(40, seconds: 1), slurm: "workers: 2")
      _ = try site.submit()
      try site.waitForRunning(2)
      #expect(try site.slmc("cancel e.yaml").output.contains("2 workers cancelled"))
      try site.expectNothingLeft()
      let status = try site.slmc("status e.yaml").output
      #expect(status.contains("no worker") && !status.contains("failed"), "\(status)")
    }

    /// A partition of more right takes the node: the chain goes back into the queue and on from its
    /// checkpoint.
    @Test func preemption() throws {
      let site = try Site(
        RealSlurm.longChain, slurm: "lead: 20, options: [\"--nodelist=n1\", \"--exclusive\"]")
      _ = try site.submit()
      try site.waitForLog("began")
      // Long enough for the chain's process to listen, and far from its end.
      usleep(1_500_000)
      let answer = try PrivateSlurm.call(
        "sbatch -p urgent --exclusive --nodelist=n1 -o /dev/null --wrap 'sleep 1' 2>&1")
      #expect(answer.contains("Submitted"), "\(answer)")
      try site.waitForLog("asked to end")
      try site.wait(for: "a checkpoint") { try site.hasCheckpoint() }
      try site.waitUntilComplete()
      #expect(site.logs.contains("restart 1"), "\(site.logs)")
      site.expectMadeOnce(1, killed: 0)
      #expect(try site.contents() == RealSlurm.chainAlone.get())
    }
  }
}
