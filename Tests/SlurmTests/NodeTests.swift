import FileSystem
import Foundation
import Testing

extension RealSlurm {
  /// Nodes that fail, drain, have other names and other clocks.
  @Suite struct NodeTests {
    /// A node loses power: slurmd and everything below it end at once. Slurm begins its workers anew.
    @Test func aNodeIsLost() throws {
      let site = try Site(RealSlurm.sleepers(30, seconds: 1), slurm: "workers: 6, \(Self.twoEach)")
      _ = try site.submit()
      try site.waitForRunning(6)
      let lost = try site.running.filter { $0.node == "n2" }
      try #require(lost.count == 2, "\(lost)")
      try killDaemon(of: "n2")
      for worker in lost {
        let pid = try #require(site.workerPid(worker.id))
        // slurmstepd, its parent, first: it must not report the end.
        try PrivateSlurm.call("kill -KILL $(ps -o ppid= -p \(pid)) \(pid)")
      }
      try PrivateSlurm.call("scontrol update nodename=n2 state=down reason=test")
      try site.waitUntilComplete()
      site.expectMadeOnce(30, killed: lost.count)
      #expect(try site.contents() == site.reference())
    }

    /// slurmd dies and its workers live on, as on a node that is cut off: Slurm takes the node for lost
    /// and begins its workers anew while the old ones go on. Nothing is done twice for all that.
    @Test func aNodeIsCutOff() throws {
      let site = try Site(
        RealSlurm.sleepers(24, seconds: 1.5), slurm: "workers: 3, patience: 8, \(Self.twoEach)")
      _ = try site.submit()
      try site.waitForRunning(3)
      let worker = try #require(try site.running.first { $0.node == "n1" })
      try killDaemon(of: "n1")
      try PrivateSlurm.call("scontrol update nodename=n1 state=down reason=test")
      try site.waitUntilComplete()
      site.expectMadeOnce(24, killed: 0)
      #expect(site.logs.contains("job \(worker.id), restart 1"), "\(site.logs)")
      #expect(try site.contents() == site.reference())
    }

    /// A draining node takes no new workers; those on it work on.
    @Test func aNodeDrains() throws {
      let site = try Site(
        RealSlurm.sleepers(16, seconds: 0.5), slurm: "workers: 4, throttle: 2, \(Self.twoEach)")
      _ = try site.submit()
      try site.waitForRunning(2)
      let workers = try site.running
      try #require(workers.allSatisfy { $0.node == "n1" }, "\(workers)")
      try PrivateSlurm.call("scontrol update nodename=n1 state=drain reason=test")
      // In the place of this one comes another, elsewhere.
      try PrivateSlurm.call("scancel \(workers[0].id)")
      try site.wait(for: "a worker on another node") {
        let running = try site.running
        return running.contains { $0.node == "n2" } && running.contains { $0.id == workers[1].id }
      }
      try site.waitUntilComplete()
      site.expectMadeOnce(16, killed: 0)
    }

    /// Workers with other host names, hours apart by their clocks. One is killed in the middle: from
    /// another host only its silence tells, and no clock is compared.
    @Test func otherHostsAndClocks() throws {
      let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
      guard Path(library).exists, PrivateSlurm.shell("unshare --uts true").code == 0 else {
        return PrivateSlurm.say("NOT TESTED with other hosts and clocks: no libfaketime or unshare")
      }
      // The script starts itself anew under another name and another clock.
      let preamble = """
        if [ -n \\"$SLURM_ARRAY_TASK_ID\\" ] && [ -z \\"$FAKED\\" ]; then \
        export FAKED=node-$SLURM_ARRAY_TASK_ID; \
        exec unshare --uts bash -c 'hostname $FAKED; exec bash $0' $0; fi; \
        if [ -n \\"$FAKED\\" ]; then export NO_FAKE_STAT=1 LD_PRELOAD=\(library) \
        FAKETIME=$(printf %+d $((SLURM_ARRAY_TASK_ID * 5 - 5)))h; fi
        """
      let site = try Site(
        RealSlurm.sleepers(16, seconds: 1),
        slurm: "workers: 3, patience: 4, preamble: \"\(preamble)\"")
      _ = try site.submit()
      try site.waitForRunning(3)
      try site.waitUntilMade(3)
      try site.killWorker(try #require(try site.running.first))
      try site.waitUntilComplete()
      #expect(site.logs.contains("on node-0") && site.logs.contains("on node-2"), "\(site.logs)")
      site.expectMadeOnce(16, killed: 1)
      #expect(try site.contents() == site.reference())
    }

    /// Two workers fill a node for as far as they see.
    private static let twoEach = "options: [\"--cpus-per-task=4\"]"

    private func killDaemon(of node: String) throws {
      let file = try PrivateSlurm.folder / "run" / "slurmd-\(node).pid"
      try PrivateSlurm.call("kill -KILL $(cat '\(file)')")
    }
  }
}
