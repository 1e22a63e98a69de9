import FileSystem
import Testing

extension RealSlurm {
  /// Workers of one submission, of two, and people on the same store.
  @Suite struct SharingTests {
    /// 4 stages of 50 points: the same contents as on one machine, every job made once, nothing left
    /// behind. The second submission finds the workers of the first, and a local run joins in.
    @Test func sameContentsAsLocally() throws {
      let site = try Site(RealSlurm.fourStages, slurm: "workers: 4")
      #expect(try site.submit().contains("4 workers submitted"))
      #expect(try site.submit().contains("0 workers submitted; 4 workers in the queue already"))
      try site.waitForLog("began")
      let joined = try site.slmc("run e.yaml --json --jobs 1")
      #expect(joined.code == 0, "\(joined.output)")
      try site.waitUntilComplete()
      let contents = try site.contents()
      #expect(contents.count == 200)
      #expect(try contents == site.reference())
      let alone = joined.output.split(separator: "\n")
        .filter { $0.contains("\"finished\"") && $0.contains("\"made\"") }
      // The notes are made in batches, of which the workers' logs say nothing.
      let heavy = alone.count { !$0.contains("\"note[") }
      #expect(heavy > 0, "\(joined.output)")
      site.expectMadeOnce(150 - heavy, killed: 0)
      try site.expectNothingLeft()
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
      try site.wait(for: "4 jobs and an empty queue") {
        try site.queue().isEmpty && site.cached() == 4
      }
      func attempts(_ job: String) -> Int {
        site.logs.split(separator: "\n").count { $0.contains("began \(job)") }
      }
      #expect(attempts("try[p.x=2]") == 1, "\(site.logs)")
      #expect(attempts("next[p.x=2]") == 0, "\(site.logs)")
      #expect(try site.slmc("status e.yaml").output.contains("exit code 3"))
      // A person who submits again wants it tried again.
      #expect(try site.submit().contains("1 job that failed will be tried again"))
      try site.wait(for: "an empty queue") { try site.queue().isEmpty }
      #expect(attempts("try[p.x=2]") == 2, "\(site.logs)")
    }

    /// Workers that nobody watches do not talk to the controller, and a submission asks it a handful
    /// of questions.
    @Test func theControllerIsLeftInPeace() throws {
      let site = try Site(RealSlurm.sleepers(24, seconds: 0.5), slurm: "workers: 4")
      try PrivateSlurm.call("sdiag --reset")
      _ = try site.submit()
      try site.waitUntilMade(24)
      let table = try PrivateSlurm.call("sdiag")
      // What slurmd and slurmstepd tell the controller is no question of ours.
      let questions = table.split(separator: "\n").compactMap { line -> (String, Int)? in
        let words = line.split(whereSeparator: { " \t:()".contains($0) }).map(String.init)
        guard words.count > 3, words[2] == "count", let count = Int(words[3]) else { return nil }
        return words[0].hasPrefix("REQUEST_") ? (words[0], count) : nil
      }.filter {
        !["REQUEST_COMPLETE", "REQUEST_STATS", "REQUEST_STEP"].contains(where: $0.0.hasPrefix)
      }
      #expect(questions.contains { $0.0 == "REQUEST_SUBMIT_BATCH_JOB" && $0.1 == 2 }, "\(table)")
      #expect(questions.reduce(0) { $0 + $1.1 } <= 8, "\(questions)")
    }
  }
}
