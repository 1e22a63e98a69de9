import Foundation
import Testing

extension RealSlurm {
  /// What a worker asked for does not suffice.
  @Suite struct LimitTests {
    /// A chain longer than its time limit of a minute goes on from its checkpoint after going back into
    /// the queue.
    @Test func timeLimitOnALongChain() throws {
      let site = try Site(RealSlurm.longChain, slurm: "time: 1, lead: 56")
      _ = try site.submit()
      try site.waitForLog("back into the queue")
      try site.waitUntilComplete()
      #expect(site.logs.contains("restart 1"), "\(site.logs)")
      site.expectMadeOnce(1, killed: 0)
      #expect(try site.contents() == RealSlurm.chainAlone.get())
    }

    /// Of four runs one needs the memory doubled once, one twice, one more than it may have: they alone
    /// are tried with more.
    @Test func memoryLimit() throws {
      let site = try Site(
        """
        stages:
          eat: {kind: command, with: {run: [sh, -c, "MB=$(tr -dc 0-9 < parameters.json); perl -e '$x = chr(1); $x x= $ARGV[0] * 1000000; sleep($ARGV[0] > 100 ? 4 : 0)' $MB; cp parameters.json out"], outputs: [out]}, reads: [p]}
        parameters: {p: {megabytes: 1}}
        sweep: {product: {p.megabytes: [1, 160, 320, 640, 2]}}
        """, slurm: "workers: 1, memory: 130")
      _ = try site.submit()
      try site.wait(for: "4 jobs and an empty queue") {
        try site.queue().isEmpty && site.cached() == 4
      }
      site.expectMadeOnce(4, killed: 0)
      let status = try site.slmc("status e.yaml").output
      #expect(status.contains("ran out of memory with 520 MB"), "\(status)\(site.logs)")
    }

    /// More workers than an array may have elements, no more of them at once than is allowed.
    @Test func severalArraysOfFewAtOnce() throws {
      let site = try Site(
        RealSlurm.sleepers(22, seconds: 0.5), slurm: "workers: 11, throttle: 2")
      let said = try site.submit()
      // MaxArraySize is 8.
      #expect(said.contains("8 workers for work") && said.contains("3 workers for work"), "\(said)")
      var most = 0
      try site.wait(for: "all jobs") {
        most = max(most, try site.running.count)
        return site.made.count >= 22
      }
      #expect((2...4).contains(most))
      site.expectMadeOnce(22, killed: 0)
    }

    /// Stages with resources of their own have workers of their own. Those of the second stage find
    /// nothing ready and leave; what the first makes brings them back.
    @Test func twoClasses() throws {
      let site = try Site(
        """
        stages:
          a: {kind: command, with: {run: [sh, -c, "sleep 2.5; cp parameters.json out"], outputs: [out]}, reads: [p]}
          b: {kind: command, needs: {in: a}, with: {run: [cp, in.h5, out], outputs: [out]}}
        parameters: {p: {x: 1}}
        sweep: {product: {p.x: {range: {from: 1, to: 4}}}}
        """, slurm: "workers: 3, stages: {b: {memory: 300, cores: 2}}")
      let said = try site.submit()
      #expect(said.contains("for work") && said.contains("for b"), "\(said)")
      try site.waitUntilComplete()
      site.expectMadeOnce(8, killed: 0)
      for log in site.logs.components(separatedBy: "==> ") {
        #expect(!(log.contains("began a[") && log.contains("began b[")), "\(log)")
      }
      #expect(try site.contents() == site.reference())
    }
  }
}
