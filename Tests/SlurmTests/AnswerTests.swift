import Damage
import Slurm
import Testing

/// What Slurm's programs print, read.
@Suite struct AnswerTests {
  @Test(arguments: [
    ("4", 1), ("N/A", 1), ("[0-3]", 4), ("[0-3,7]", 5), ("[5-9%2]", 5), ("[1,3,5%1]", 3),
  ])
  func elementsOfAnEntry(_ tasks: String, _ count: Int) {
    #expect(QueueSnapshot.size(of: Substring(tasks)) == count)
  }

  @Test func queue() {
    let queue = QueueSnapshot(
      """
      11|0|RUNNING|n1
      11|[2-9%4]|PENDING|(JobArrayTaskLimit)
      12|N/A|PENDING|(Dependency)
      a line of a plugin
      """)
    #expect(queue.elements.count == 3)
    let own = queue.elements(of: [11])
    #expect(own.map(\.count) == [1, 8])
    #expect(own[0].isRunning && !own[1].isRunning)
    #expect(own[1].note == "(JobArrayTaskLimit)")
  }

  @Test(arguments: [
    ("OUT_OF_MEMORY", JobFate.outOfMemory), ("NODE_FAIL", .lost), ("PREEMPTED", .lost),
    ("TIMEOUT", .outOfTime), ("CANCELLED", .cancelled), ("COMPLETED", .completed),
    ("FAILED", .failed), ("RUNNING", .alive(restarts: 2)), ("A_LATER_RELEASE", .unknown),
  ])
  func fates(_ state: String, _ fate: JobFate) {
    let text = "JobId=7 ArrayJobId=5 JobName=a=b Restarts=2 JobState=\(state) Reason=None"
    #expect(JobFate.fromController(text) == fate)
  }

  @Test func nothingKnown() {
    #expect(JobFate.fromController("slurm_load_jobs error: Invalid job id specified") == nil)
  }

  /// As `sacct -n -P -X -o State` prints them; a job that was begun anew has a line for each life when
  /// duplicates are asked for.
  @Test(arguments: [
    ("OUT_OF_MEMORY\n", JobFate.outOfMemory), ("CANCELLED by 1000\n", .cancelled),
    ("NODE_FAIL\nCOMPLETED\n", .completed), ("TIMEOUT\n", .outOfTime), ("PREEMPTED\n", .lost),
    ("RUNNING\n", .alive(restarts: 0)),
  ])
  func accounting(_ text: String, _ fate: JobFate) {
    #expect(JobFate.fromAccounting(text) == fate)
  }

  @Test func noAccounting() { #expect(JobFate.fromAccounting("") == nil) }

  @Test func configuration() {
    let settings = ClusterLimits.settings(
      "Configuration data as of now\nMaxArraySize            = 1001\nJobCompLoc = /a b/c \n")
    #expect(settings["MaxArraySize"] == "1001")
    #expect(settings["JobCompLoc"] == "/a b/c")
    #expect(ClusterLimits.smallest("100|\n|20\n") == 20)
    #expect(ClusterLimits.smallest("|\n") == nil)
  }
}

/// Answers cut off, mixed with other programs' words, or of a release that counts otherwise.
@Suite struct AnswerFuzzTests {
  @Test func queues() {
    let whole = """
      11|0|RUNNING|n1
      11|[2-9%4]|PENDING|(JobArrayTaskLimit)
      12|N/A|PENDING|(Dependency)
      13|[0-3,7,9-11%2]|COMPLETING|n[1-4]
      """
    var damage = Damage(seed: 1)
    for round in 0..<20_000 {
      let text = String(decoding: damage.damaged(whole), as: UTF8.self)
      let queue = QueueSnapshot(text)
      let sum = queue.elements(of: [11, 12, 13]).reduce(0) { $0 + $1.count }
      #expect(sum >= 0 && sum <= 10_000_000 * (text.count + 1), "round \(round)")
    }
  }

  @Test func jobsAndConfigurations() {
    let job = "JobId=7 ArrayJobId=5 JobName=a=b Restarts=2 JobState=RUNNING Reason=None"
    let settings = "Configuration data as of now\nMaxArraySize = 1001\nMaxJobCount = 10000\n"
    var damage = Damage(seed: 2)
    for round in 0..<20_000 {
      _ = JobFate.fromController(String(decoding: damage.damaged(job), as: UTF8.self))
      _ = ClusterLimits.settings(String(decoding: damage.damaged(settings), as: UTF8.self))
      let least = ClusterLimits.smallest(
        String(decoding: damage.damaged("100|\n|20\n"), as: UTF8.self))
      #expect(least ?? 0 >= 0, "round \(round)")
    }
  }
}
