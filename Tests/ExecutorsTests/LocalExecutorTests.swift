import Artifacts
import ContentHash
import Executors
import FileSystem
import Foundation
import Pipeline
import ScratchFolders
import Testing
import Values

/// The executor itself, with real workers and no program around it. It blocks signals of its thread
/// and collects children, so the tests run one after the other.
@Suite(.serialized) struct LocalExecutorTests {
  @Test func everyJobHasItsOwnLog() throws {
    let execution = try Execution(
      shell(
        ("a", "echo word of a >&2; echo 1 > out", ""),
        ("b", "echo word of b >&2; echo 2 > out", "")))
    let summary = try execution.run()
    #expect(summary.made == 2 && summary.failed.isEmpty && summary.signal == nil)
    for name in ["a", "b"] {
      let log = try execution.log(name)
      #expect(log.contains("word of \(name)\n") && log.contains("committed"), "\(log)")
      #expect(!log.contains("word of \(name == "a" ? "b" : "a")"))
    }
    #expect(execution.leftovers.isEmpty, "\(execution.leftovers)")
  }

  /// An old log is not mixed with a new one.
  @Test func aLogIsThatOfTheLastAttempt() throws {
    let execution = try Execution(
      shell(("a", "echo told once >&2; exit 1", "")))
    #expect(try execution.run().failed == [0])
    #expect(try execution.run().failed == [0])
    let log = try execution.log("a")
    #expect(log.components(separatedBy: "recipe ").count == 2, "\(log)")
  }

  /// The limit ends the job that exceeds it, and no other.
  @Test func theMemoryLimitHitsOneJob() throws {
    let execution = try Execution(
      shell(
        ("big", "head -c 500000000 /dev/zero | tail -c 500000000 > out", ""),
        ("small", "echo 1 > out", "")))
    let summary = try execution.run(memoryLimit: 400_000_000)
    #expect(summary.failed.count == 1 && summary.made == 1)
    #expect(execution.told.contains("made small"))
    let failure = execution.told.first { $0.hasPrefix("failed big") }
    #expect(failure?.contains("memory exhausted") == true, "\(execution.told)")
  }

  static let mixed = shell(
    ("bad", "echo broken >&2; exit 3", ""), ("after", "echo 1 > out", "x: bad"),
    ("later", "echo 1 > out", "x: after"), ("good", "echo 1 > out", ""),
    ("goodToo", "echo 2 > out", "x: good"))

  /// What does not need the failed job is done all the same.
  @Test func goesOnAfterAFailure() throws {
    let execution = try Execution(Self.mixed)
    let summary = try execution.run(jobs: 1)
    #expect(summary.failed.count == 1 && summary.skipped.count == 2 && summary.made == 2)
    #expect(execution.told.contains("made goodToo"))
    #expect(
      execution.told.contains { $0.hasPrefix("failed bad: exit code 1:") && $0.contains("broken") })
    #expect(
      execution.told.filter { $0.hasPrefix("skipped") } == ["skipped after", "skipped later"])
    #expect(execution.leftovers.isEmpty)
  }

  /// The first failure starts nothing more and asks what runs to end.
  @Test func failFastStops() throws {
    let execution = try Execution(
      shell(
        ("bad", "exit 3", ""), ("slow", "sleep 60; echo 1 > out", ""),
        ("third", "echo 1 > out", "")))
    let began = ContinuousClock.now
    let summary = try execution.run(jobs: 2, failFast: true)
    #expect(ContinuousClock.now - began < .seconds(50), "the slow job was not asked to end")
    #expect(summary.failed.count == 1 && summary.signal == nil)
    #expect(!execution.told.contains("made third") && !execution.told.contains("made slow"))
    #expect(execution.leftovers.isEmpty)
  }

  /// Never more at a time than allowed, and all of that when there is enough to do.
  @Test(arguments: [1, 3]) func asManyAsAllowed(_ jobs: Int) throws {
    let execution = try Execution(
      shell(
        ("a", "sleep 0.2; echo 1 > out", ""), ("b", "sleep 0.2; echo 2 > out", ""),
        ("c", "sleep 0.2; echo 3 > out", ""), ("d", "sleep 0.2; echo 4 > out", "")))
    var running = 0
    var most = 0
    _ = try execution.run(jobs: jobs) { event in
      running += event.hasPrefix("began") ? 1 : event.hasPrefix("made") ? -1 : 0
      most = max(most, running)
    }
    #expect(most == jobs && running == 0)
  }

  /// Light jobs start no process: a worker that cannot be started is not missed.
  @Test func lightJobsRunHere() throws {
    let execution = try Execution(
      """
      slmc: 1
      experiment: e
      stages:
        a: {kind: constant, reads: [p]}
        b: {kind: constant, needs: {x: a}}
      parameters: {p: {x: 1}}
      sweep: {product: {p.x: {range: {from: 1, to: 700}}}}
      """)
    let summary = try execution.run()
    #expect(summary.made == 1400 && summary.failed.isEmpty)
    #expect(!execution.told.contains { $0.hasPrefix("began") })
    #expect(try (execution.store.root / "logs").names().isEmpty)
    #expect(try execution.plan().counts.reuse == 1400)
    #expect(execution.leftovers.isEmpty)
  }

  /// SIGTERM and SIGINT to the executor: workers are asked to end, everything is given back.
  @Test(arguments: [SIGTERM, SIGINT]) func aSignalIsPassedOn(_ signal: Int32) throws {
    let execution = try Execution(
      shell(("slow", "sleep 60; echo 1 > out", ""), ("next", "echo 1 > out", "x: slow")))
    let thread = pthread_self()
    let summary = try execution.run(jobs: 1) { event in
      // To this thread, whose signals the executor waits for.
      if event == "began slow" { pthread_kill(thread, signal) }
    }
    #expect(summary.signal == signal && summary.failed.isEmpty && summary.made == 0)
    #expect(execution.told == ["began slow", "interrupted"])
    #expect(execution.leftovers.isEmpty, "\(execution.leftovers)")
  }

  /// A worker that somebody kills has failed, with a hint at what it may have been.
  @Test func aKilledWorkerIsAFailure() throws {
    let execution = try Execution(
      shell(("a", "sleep 60; echo 1 > out", ""), ("b", "echo 1 > out", "")))
    let summary = try execution.run(jobs: 1) { event in
      // The only child of this thread, as its tests run one after the other.
      guard event == "began a" else { return }
      let children = (try? Path("/proc/thread-self/children").readText()) ?? ""
      for child in children.split(separator: " ").compactMap({ Int32($0) }) { kill(child, SIGKILL) }
    }
    #expect(summary.failed.count == 1 && summary.made == 1)
    #expect(execution.told.contains { $0.contains("killed (signal 9); if nobody did it") })
    #expect(execution.leftovers.filter { !$0.contains(".") }.isEmpty)
  }

  /// Somebody installs another build while a run is under way: no job is done by it, and the run says so.
  @Test func aReplacedProgramEndsTheRun() throws {
    let execution = try Execution(shell(("a", "echo 1 > out", "")))
    let copy = execution.scratch.path / "program"
    let bytes = try BuiltProgram.path.read()
    try copy.write(bytes)
    try copy.setMode(0o755)
    let planned = ProgramFile(copy)
    #expect(try execution.run(worker: planned).made == 1)
    try execution.scratch.write(shell(("b", "echo 2 > out", "")), to: "e.yaml")
    try copy.replace(with: bytes)
    try copy.setMode(0o755)
    #expect(throws: ProgramFile.Replaced.self) { try execution.run(worker: planned) }
    #expect(execution.told == ["began b"])
  }

  /// A removed input's place, filled with something else under a description that vouches for it.
  @Test func inputsReplacedWithTheirDescriptionAreNoticed() throws {
    let execution = try Execution(
      shell(("c", "echo 2 > out", ""), ("a", "echo 1 > out", ""), ("b", "cp x/out out", "x: a")))
    let plan = try execution.plan()
    let keys = Dictionary(
      uniqueKeysWithValues: plan.jobs.map { (plan.name(of: $0), $0.recipe.key) })
    let (a, c) = (try #require(keys["a"]), try #require(keys["c"]))
    let store = execution.store
    var isReplaced = false
    // Between the commit of the input and the start of what needs it.
    _ = try? execution.run(jobs: 1) { event in
      guard event == "made a" else { return }
      isReplaced = true
      #expect(store.folder(of: c).exists)
      let other = try? store.data(of: c).read()
      let metadata = try? store.metadata(of: a)
      guard let other, var metadata else { return }
      metadata.file = Digest(of: other)
      metadata.bytes = other.count
      for (name, bytes) in [
        ("data.h5", other), ("meta.json", Array((metadata.value.json() + "\n").utf8)),
      ] { try? (store.folder(of: a) / name).replace(with: bytes) }
    }
    let b = try #require(keys["b"])
    #expect(isReplaced && !store.folder(of: b).exists)
    #expect(try execution.log("b").contains("its content changed while this run was planned"))
  }

  /// Lengths of one chain are made in ascending order, each from the one before.
  @Test func lengthsOfOneChainContinueEachOther() throws {
    let execution = try Execution(
      """
      slmc: 1
      experiment: e
      stages: {exact: {kind: exact-samples}}
      parameters:
        system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 1}
        exact: {samples: 10, replicas: 1, thermalisation: 2}
      sweep: {product: {exact.samples: [30, 10, 20]}}
      """)
    _ = try execution.run(jobs: 3)
    #expect(
      execution.told.filter { !$0.hasPrefix("began") } == [
        "made exact[exact.samples=10]", "extended exact[exact.samples=20]",
        "extended exact[exact.samples=30]",
      ])
  }

  /// What is left by what such jobs took, and by what running ones say.
  @Test func theTimeThatIsLeft() throws {
    let execution = try Execution(
      shell(("a", "echo 1 > out", ""), ("b", "echo 2 > out", "x: a")))
    _ = try execution.run()
    try execution.scratch.write(
      shell(
        ("a", "echo 1 > out", ""), ("c", "echo 3 > out", "x: a"), ("d", "echo 4 > out", "x: a")),
      to: "e.yaml")
    let plan = try execution.plan()
    var left = RemainingTime(plan, StoreIndex(execution.store), jobs: 2)
    let open = left.left(running: [:])
    #expect(open.isComplete && open.seconds > 0)
    let progress = Job.Progress(done: 1, total: 2, note: "", secondsLeft: 50)
    #expect(left.left(running: [1: RunningJob(progress: progress)]).seconds == 50)
    left.close(1, seconds: 8)
    #expect(left.left(running: [:]).seconds == open.seconds)
    // One that says nothing has had some of its time, and is never said to end at once.
    let long = RunningJob(began: ContinuousClock.now - .seconds(1000))
    let overdue = left.left(running: [2: long]).seconds
    #expect(overdue > 0 && overdue < open.seconds)
    left.close(2)
    #expect(left.left(running: [:]).seconds == 0)
  }
}
