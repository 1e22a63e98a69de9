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

  @Test func configuration() {
    let settings = ClusterLimits.settings(
      "Configuration data as of now\nMaxArraySize            = 1001\nJobCompLoc = /a b/c \n")
    #expect(settings["MaxArraySize"] == "1001")
    #expect(settings["JobCompLoc"] == "/a b/c")
    #expect(ClusterLimits.smallest("100|\n|20\n") == 20)
    #expect(ClusterLimits.smallest("|\n") == nil)
  }
}
