import Artifacts
import ContentHash
import Executors
import FileSystem
import Pipeline
import Testing
import Values

@Suite struct StatusTests {
  private func stage(_ name: String, _ answer: Answer) throws -> Value {
    let stages = try answer.json["stages"]?.list ?? []
    return try #require(stages.first { $0["stage"]?.text == name })
  }

  @Test func countsMissingAndCached() throws {
    let desk = try Desk()
    try desk.write(Desk.chain(), to: "e.yaml")
    let before = try desk.slmc("status", "e.yaml", "--json", "--exit-code")
    #expect(before.code == 3)
    #expect(try stage("a", before)["missing"] == .integer(3))
    try desk.slmc("run", "e.yaml", "--until", "a", "--quiet")
    let half = try desk.slmc("status", "e.yaml", "--json", "--exit-code")
    #expect(try stage("a", half)["cached"] == .integer(3))
    #expect(try stage("b", half)["missing"] == .integer(3))
    try desk.slmc("run", "e.yaml", "--quiet")
    let after = try desk.slmc("status", "e.yaml", "--json", "--exit-code")
    #expect(after.code == 0)
    #expect(try after.json["complete"] == .boolean(true))
  }

  @Test func showsTheLogOfAFailure() throws {
    let desk = try Desk()
    let text = Desk.measurement(value: 1, error: 1)
    let failing = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.contains("run:") ? "      run: [sh, -c, 'echo the reason why >&2; exit 3']" : String($0)
    }.joined(separator: "\n")
    try desk.write(failing, to: "e.yaml")
    #expect(try desk.slmc("run", "e.yaml", "--quiet").code == 1)
    let answer = try desk.slmc("status", "e.yaml", "--json")
    #expect(try stage("fit", answer)["failed"] == .integer(1))
    let log = try answer.json["failures"]?.list?.first?["log"]?.list ?? []
    #expect(log.contains { $0.text?.contains("the reason why") == true })
    #expect(try desk.slmc("status", "e.yaml").output.contains("the reason why"))
  }

  /// This test's process plays the worker: it holds the lease and reports progress.
  @Test func seesWorkOfAnotherProcess() throws {
    let desk = try Desk()
    try desk.write(Desk.chain(values: "[1]"), to: "e.yaml")
    let key = try #require(Digest(try desk.key("a[first.value=1]")))
    let store = try Store(desk.store)
    var book = LeaseBook(store)
    guard case .granted(let lease) = try book.claim(key) else {
      Issue.record("the lease was not granted")
      return
    }
    ProgressFile(store, key: key).write(Job.Progress(done: 3, total: 4, note: "tau 2.5"))
    let answer = try desk.slmc("status", "e.yaml", "--json")
    #expect(try stage("a", answer)["running"] == .integer(1))
    let running = try #require(try answer.json["running"]?.list?.first)
    #expect(running["done"] == .integer(3))
    #expect(running["note"] == "tau 2.5")
    let view = try desk.slmc("watch", "e.yaml", "--once")
    #expect(view.code == 0)
    #expect(view.output.contains("75 %, tau 2.5"))
    lease.release()
    ProgressFile(store, key: key).remove()
    #expect(try stage("a", try desk.slmc("status", "e.yaml", "--json"))["missing"] == .integer(1))
  }

  @Test func aDeadHolderDoesNotRun() throws {
    let desk = try Desk()
    try desk.write(Desk.chain(values: "[1]"), to: "e.yaml")
    let key = try desk.key("a[first.value=1]")
    let own = ProcessIdentity.current
    // The same process number at another beginning: a number that was given out again.
    let dead = "\(own.host)~\(own.boot)~\(own.pid)~\(own.began + 1)"
    try desk.write(dead, to: ".slmc/leases/\(key)")
    let answer = try desk.slmc("status", "e.yaml", "--json")
    #expect(try stage("a", answer)["running"] == .integer(0))
    #expect(try stage("a", answer)["missing"] == .integer(1))
  }

  @Test func watchEndsWhenAllIsDone() throws {
    let desk = try Desk.ran()
    let answer = try desk.slmc("watch", "e.yaml")
    #expect(answer.code == 0)
    #expect(answer.output.contains("6 of 6 jobs done"))
    #expect(!answer.output.contains("\u{1B}"), "no escapes without a terminal")
  }
}
