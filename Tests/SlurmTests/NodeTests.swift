import FileSystem
import Foundation
import Testing

/// Nodes that fail, drain, have other names and other clocks. One after the other: they share nodes.
@Suite(.enabled(if: PrivateSlurm.isInstalled), .serialized, .timeLimit(.minutes(10)))
struct NodeTests {
  /// A node loses power: slurmd and everything below it end at once. Slurm begins its workers anew.
  @Test func aNodeIsLost() throws {
    let site = try Site(
      ClusterTests.sleepers(60, seconds: 0.8), slurm: "workers: 12", nodes: PrivateSlurm.rough)
    _ = try site.submit()
    #expect(try site.wait { site.made.count >= 4 })
    let lost = try site.queue().filter { $0.node == "n4" && $0.state == "RUNNING" }
    try #require(!lost.isEmpty)
    let folder = Path(try PrivateSlurm.configuration.get()).folder.folder
    _ = PrivateSlurm.shell("kill -KILL $(cat '\(folder)/run/slurmd-n4.pid')")
    for worker in lost {
      let pid = try #require(site.workerPid(worker.id))
      // slurmstepd, its parent, first: it must not report the end.
      _ = PrivateSlurm.shell("kill -KILL $(ps -o ppid= -p \(pid)) \(pid)")
    }
    try PrivateSlurm.call("scontrol update nodename=n4 state=down reason=test")
    try site.waitUntilComplete()
    site.expectMadeOnce(60, killed: lost.count)
    #expect(try site.contents() == site.reference())
    try PrivateSlurm.call("PATH=/usr/sbin:$PATH slurmd -N n4")
    try PrivateSlurm.call("scontrol update nodename=n4 state=resume")
  }

  /// A draining node takes no new workers; those on it work on.
  @Test func aNodeDrains() throws {
    let site = try Site(
      ClusterTests.sleepers(16, seconds: 0.5), slurm: "workers: 4", nodes: PrivateSlurm.rough)
    _ = try site.submit()
    #expect(try site.wait { site.made.count >= 2 })
    try PrivateSlurm.call("scontrol update nodename=n3 state=drain reason=test")
    try site.waitUntilComplete()
    site.expectMadeOnce(16, killed: 0)
    try PrivateSlurm.call("scontrol update nodename=n3 state=resume")
  }

  /// Workers with other host names, hours apart by their clocks. One is killed in the middle: from
  /// another host only its silence tells, and no clock is compared.
  @Test func otherHostsAndClocks() throws {
    let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
    let canFake = Path(library).exists && PrivateSlurm.shell("unshare --uts true").code == 0
    guard canFake else {
      FileHandle.standardError.write(
        Data("\n!!! NOT TESTED with other hosts and clocks: no libfaketime or unshare !!!\n\n".utf8)
      )
      return
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
      ClusterTests.sleepers(16, seconds: 1),
      slurm: "workers: 3, patience: 4, preamble: \"\(preamble)\"", nodes: PrivateSlurm.rough)
    _ = try site.submit()
    #expect(try site.wait { site.made.count >= 3 }, "\(site.logs)")
    let worker = try #require(try site.queue().first { $0.state == "RUNNING" })
    kill(try #require(site.workerPid(worker.id)), SIGKILL)
    try site.waitUntilComplete()
    #expect(site.logs.contains("on node-0") && site.logs.contains("on node-2"), "\(site.logs)")
    site.expectMadeOnce(16, killed: 1)
    #expect(try site.contents() == site.reference())
  }
}
