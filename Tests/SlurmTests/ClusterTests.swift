import FileSystem
import Foundation
import Testing
import Values

/// Against a real Slurm. The tests run side by side: each has a store of its own.
@Suite(.enabled(if: PrivateSlurm.isInstalled), .timeLimit(.minutes(10)))
struct ClusterTests {
  static let fourStages = """
    seed: 5
    stages:
      note: {kind: constant, reads: [p]}
      copy: {kind: command, needs: {in: note}, with: {run: [cp, parameters.json, out], outputs: [out]}, reads: [p]}
      exact: {kind: exact-samples, reads: [system, exact]}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      p: {x: 1}
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.5}
      exact: {samples: 30, replicas: 2, thermalisation: 5}
    sweep:
      zip:
        p.x: {range: {from: 1, to: 50}}
        system.temperature: {linspace: {from: 0.1, to: 1, count: 50}}
    """

  /// Points that each wait, and note where they ran.
  static func sleepers(_ count: Int, seconds: Double) -> String {
    """
    stages:
      nap: {kind: command, with: {run: [sh, -c, "sleep \(seconds); cp parameters.json out"], outputs: [out]}, reads: [p]}
    parameters: {p: {x: 1}}
    sweep: {product: {p.x: {range: {from: 1, to: \(count)}}}}
    """
  }

  /// The same contents as on one machine, every job made once, nothing left behind. A local run joins
  /// in half way.
  @Test func sameContentsAsLocally() throws {
    let site = try Site(Self.fourStages, slurm: "workers: 4")
    #expect(try site.submit().contains("4 workers submitted"))
    // The second submission finds the workers of the first.
    #expect(try site.submit().contains("0 workers submitted; 4 workers in the queue already"))
    try site.waitForLog("began")
    let joined = try site.slmc("run e.yaml --json --jobs 1")
    #expect(joined.code == 0, "\(joined.output)")
    try site.waitUntilComplete()
    #expect(try site.contents() == site.reference())
    let made = site.made
    #expect(Set(made).count == made.count, "made twice")
    let alone = joined.output.split(separator: "\n")
      .filter { $0.contains("\"finished\"") && $0.contains("\"made\"") }
    // The notes are made in batches, of which the workers' logs say nothing.
    let heavy = alone.filter { !$0.contains("\"note[") }
    #expect(made.count + heavy.count == 150)
    #expect(try site.wait { try site.queue().isEmpty })
    #expect(try (site.store / "leases").names().isEmpty)
    #expect(try (site.store / "tmp").names().isEmpty)
  }

  /// A worker is killed and half of the others are cancelled: the rest and the keeper do the work.
  @Test func workersEndEarly() throws {
    let site = try Site(Self.sleepers(24, seconds: 0.5), slurm: "workers: 4")
    _ = try site.submit()
    #expect(try site.wait { site.made.count >= 4 })
    let workers = try site.queue().filter { $0.state == "RUNNING" }.map(\.id).sorted()
    try #require(workers.count == 4, "\(workers)")
    kill(try #require(site.workerPid(workers[0])), SIGKILL)
    try PrivateSlurm.call("scancel \(workers[1]) \(workers[2])")
    try site.waitUntilComplete()
    site.expectMadeOnce(24, killed: 1)
    #expect(try site.contents() == site.reference())
  }

  /// All workers die: the keeper submits new ones.
  @Test func everyWorkerIsKilled() throws {
    let site = try Site(Self.sleepers(6, seconds: 1), slurm: "workers: 2")
    _ = try site.submit()
    try site.waitForLog("began")
    #expect(try site.wait { try site.queue().count { $0.state == "RUNNING" } == 2 })
    #expect(try site.wait { try site.queue().compactMap { site.workerPid($0.id) }.count == 2 })
    for worker in try site.queue() where worker.state == "RUNNING" {
      kill(try #require(site.workerPid(worker.id)), SIGKILL)
    }
    try site.waitUntilComplete()
    site.expectMadeOnce(6, killed: 2)
  }

  /// The keeper does not bring back what a person cancelled.
  @Test func cancelledStaysCancelled() throws {
    let site = try Site(Self.sleepers(40, seconds: 1), slurm: "workers: 2")
    _ = try site.submit()
    try site.waitForLog("began")
    #expect(try site.slmc("cancel e.yaml").output.contains("2 workers cancelled"))
    #expect(try site.wait { try site.queue().isEmpty })
    let status = try site.slmc("status e.yaml").output
    #expect(status.contains("no worker") && !status.contains("failed"), "\(status)")
    #expect(try (site.store / "leases").names().isEmpty)
  }

  /// A chain longer than the time limit goes on from its checkpoint after going back into the queue.
  @Test func timeLimitOnALongChain() throws {
    let site = try Site(
      """
      seed: 7
      stages:
        exact: {kind: exact-samples, reads: [system, exact]}
      parameters:
        system: {kind: double-exchange, lattice: [8, 8], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.1}
        exact: {samples: 900, replicas: 2, thermalisation: 5}
      """, slurm: "time: 1, lead: 52")
    _ = try site.submit()
    try site.waitForLog("back into the queue")
    try site.waitUntilComplete(200)
    #expect(site.logs.contains("restart 1"))
    #expect(site.made.count == 1)
    #expect(try site.contents() == site.reference())
  }

  /// One of three runs out of memory: it alone is tried with more.
  @Test func memoryLimit() throws {
    let site = try Site(
      """
      stages:
        eat: {kind: command, with: {run: [sh, -c, "MB=$(tr -dc 0-9 < parameters.json); perl -e '$x = chr(1); $x x= $ARGV[0] * 1000000; sleep($ARGV[0] > 100 ? 4 : 0)' $MB; cp parameters.json out"], outputs: [out]}, reads: [p]}
      parameters: {p: {megabytes: 1}}
      sweep: {product: {p.megabytes: [1, 300, 2]}}
      """, slurm: "workers: 1, memory: 250")
    _ = try site.submit()
    try site.waitUntilComplete()
    #expect(site.logs.contains("memory x"), "\(site.logs)")
    #expect(site.made.count == 3, "\(site.made)")
  }

  /// A failing job is tried once, what needs it never starts, everything else goes on.
  @Test func failure() throws {
    let site = try Site(
      """
      stages:
        try: {kind: command, with: {run: [sh, -c, "grep -q 2 parameters.json && exit 3; cp parameters.json out"], outputs: [out]}, reads: [p]}
        next: {kind: command, needs: {in: try}, with: {run: [cp, in.h5, out], outputs: [out]}}
      parameters: {p: {x: 1}}
      sweep: {product: {p.x: [1, 2, 3]}}
      """, slurm: "workers: 3")
    _ = try site.submit()
    #expect(try site.wait { try site.cached() == 4 && site.queue().isEmpty }, "\(site.logs)")
    let attempts = site.logs.split(separator: "\n").filter { $0.contains("began try[p.x=2]") }
    #expect(attempts.count == 1, "\(site.logs)")
    #expect(!site.logs.contains("began next[p.x=2]"))
    #expect(try site.slmc("status e.yaml").output.contains("exit code 3"))
    // A person who submits again wants it tried again.
    #expect(try site.submit().contains("1 job that failed will be tried again"))
    #expect(try site.wait { try site.queue().isEmpty })
    #expect(site.logs.split(separator: "\n").count { $0.contains("began try[p.x=2]") } == 2)
  }
}
