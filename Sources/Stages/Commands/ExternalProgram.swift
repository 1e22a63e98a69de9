internal import CLinux
internal import FileSystem
internal import Glibc
internal import Pipeline
internal import Processes

/// A program that is not ours, run to its end in a folder, apart from the rest of the machine where the
/// system can do that.
struct ExternalProgram {
  let words: [String]
  /// Holds `scratch`, the program's folder, and what is needed beside it.
  let workspace: Path
  /// Folders of the machine that the manifest asks to be shown.
  let shows: [Path]
  private let search = ProgramSearch()

  init(words: [String], workspace: Path, shows: [Path]) {
    self.words = words
    self.workspace = workspace
    self.shows = shows
  }

  var folder: Path { workspace / "scratch" }
  /// Where its standard error goes; what arrives there is passed on as it comes.
  private var errors: Path { workspace / "errors" }

  /// How long a program may take to end after it was asked to.
  static let grace: Duration = .seconds(5)

  /// Milliseconds between looks at what it says and at whether it should stop.
  private static let pause: Int32 = 50

  /// How a program was kept from the rest of the machine.
  struct Account {
    /// Why it was not; nil where it was.
    let obstacle: String?
  }

  /// Throws unless the program ends with exit code 0.
  func run(shouldStop: () -> Bool) throws -> Account {
    let program = try search.locate(words[0])
    var obstacle = "\(Isolation.variable)=open asks for it"
    if Isolation.isWanted {
      let isolation = Isolation.keptApart(shows: shows, homes: search.homes(of: program))
      switch try attempt(program, isolation, shouldStop) {
      case .ended(let ending):
        try check(ending)
        return Account(obstacle: nil)
      case .refused(let reason): obstacle = reason
      }
    }
    guard case .ended(let ending) = try attempt(program, .open, shouldStop) else {
      throw SystemError("start", program.description, code: EAGAIN)
    }
    try check(ending)
    return Account(obstacle: obstacle)
  }

  private enum Outcome {
    case ended(ChildProcess.Ending)
    /// The system cannot keep it apart, and it did not begin.
    case refused(String)
  }

  private func attempt(
    _ program: Path, _ isolation: Isolation, _ shouldStop: () -> Bool
  ) throws -> Outcome {
    let started: StartedProgram
    do {
      started = try start(program, isolation)
    } catch let refusal as StartedProgram.Refused {
      return .refused(refusal.reason)
    }
    defer { started.close() }
    let (seen, wasAsked) = follow(started, shouldStop)
    var ending = seen
    if let report = started.report {
      var told = slmc_report()
      if unsafe slmc_read_report(report, &told) != 0 {
        if told.step != 0 { return .refused(Isolation.explain(told)) }
        ending = ChildProcess.Ending(status: told.value)
      }
    }
    // A signal to the whole job may have ended the program before it was seen here.
    let isTerminated = ending == .killed(signal: SIGTERM)
    if isTerminated { Self.waitBriefly(for: shouldStop) }
    if wasAsked || (isTerminated && shouldStop()) { throw Interrupted() }
    return .ended(ending)
  }

  /// Passes on what it says until it has ended, and asks it to end when this process is asked to.
  private func follow(
    _ started: StartedProgram, _ shouldStop: () -> Bool
  ) -> (ending: ChildProcess.Ending, wasAsked: Bool) {
    var passedOn = 0
    var asked: ContinuousClock.Instant?
    var ending = started.process.collect()
    while ending == nil {
      passOn(from: &passedOn)
      if shouldStop() {
        let since = asked ?? .now
        if asked == nil { started.process.sendToGroup(SIGTERM) }
        if ContinuousClock.now - since > Self.grace { started.process.sendToGroup(SIGKILL) }
        asked = since
      }
      // A look at the clock would find the end up to one pause late, in every job of a long night.
      started.waitBriefly(milliseconds: Self.pause)
      ending = started.process.collect()
    }
    // What the program itself started has no business after its end.
    started.process.sendToGroup(SIGKILL)
    slmc_end_strays()
    passOn(from: &passedOn)
    return (ending ?? .exited(0), asked != nil)
  }

  /// Whoever ends a job's programs one by one needs a moment to reach this process, too.
  private static func waitBriefly(for condition: () -> Bool) {
    for _ in 0..<40 where !condition() { usleep(50_000) }
  }

  private func check(_ ending: ChildProcess.Ending) throws {
    let words: String
    switch ending {
    case .exited(0): return
    case .exited(127): words = "could not be started (exit code 127)"
    case .exited(let code): words = "ended with exit code \(code)"
    case .killed(let signal): words = "was ended by signal \(signal)"
    }
    let start = max(0, (errors.stamp?.size ?? 0) - 1 << 16)
    let text = String(decoding: (try? errors.read(from: start)) ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n").suffix(5).map { "\n  " + $0 }.joined()
    throw StageFailure("`\(self.words.joined(separator: " "))` \(words)\(lines)")
  }

  private func passOn(from start: inout Int) {
    guard let size = errors.stamp?.size, size > start,
      let bytes = try? errors.read(from: start)
    else { return }
    _ = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    start += bytes.count
  }
}

extension ExternalProgram {
  private func start(_ program: Path, _ isolation: Isolation) throws -> StartedProgram {
    let file = unsafe open(errors.description, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw SystemError("write", errors.description, code: errno) }
    defer { close(file) }
    switch isolation {
    case .open:
      let environment = environment(home: folder)
      return try StartedProgram(
        program, words, environment, folder: folder, errors: file)
    case .apart(let shown):
      let root = workspace / "root"
      try root.createFolders()
      return try StartedProgram(
        program, words, environment(home: Isolation.home), folder: folder, errors: file,
        root: root, shown: shown)
    }
  }

  /// All that the program sees of the environment: results must not depend on the rest.
  private func environment(home: Path) -> [String] {
    [
      "PATH=\(search.searchPath)", "HOME=\(home)", "TMPDIR=\(home)", "LC_ALL=C.UTF-8",
      "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "MKL_NUM_THREADS=1",
    ]
  }
}
