import FileSystem
import Glibc
import Processes
import ScratchFolders
import Testing

@Suite struct LaunchTests {
  private func shell(_ script: String) -> Launch { Launch(named: "sh", ["-c", script]) }

  @Test func endings() throws {
    #expect(try shell("exit 0").start().wait() == .exited(0))
    #expect(try shell("exit 7").start().wait() == .exited(7))
    #expect(try shell("kill -9 $$").start().wait() == .killed(signal: SIGKILL))
    #expect(try shell("kill -9 $$").start().wait().code == 137)
  }

  @Test func whatIsNotThereIsSaid() {
    for launch in [Launch(named: "no-such-program", []), Launch(Path("/no/such/program"), [])] {
      do {
        _ = try launch.start()
        Issue.record("\(launch.program) was started")
      } catch {
        #expect(error.isMissing && error.path == launch.program)
      }
    }
  }

  @Test func outputGoesWhereItIsSent() throws {
    let scratch = try ScratchFolder()
    let (log, errors) = (scratch.path / "log", scratch.path / "errors")
    var launch = shell("echo out; echo err >&2")
    launch.output = .appended(log)
    for _ in 0..<2 { #expect(try launch.start().wait() == .exited(0)) }
    #expect(try log.readText() == "out\nerr\nout\nerr\n")
    launch.errors = .fresh(errors)
    for _ in 0..<2 { #expect(try launch.start().wait() == .exited(0)) }
    #expect(try errors.readText() == "err\n")
    #expect(try log.readText() == "out\nerr\nout\nerr\nout\nout\n")
  }

  @Test func theEnvironmentIsWhatIsGiven() throws {
    var launch = shell("echo \"$A$HOME\"")
    launch.environment = ["A=1"]
    let (ending, output) = try launch.run(within: .seconds(20))
    #expect(ending == .exited(0) && output == Array("1\n".utf8))
  }

  @Test func muchOutputIsReadWhole() throws {
    let (ending, output) = try shell("head -c 300000 /dev/zero").run(within: .seconds(20))
    #expect(ending == .exited(0) && output.count == 300_000)
  }

  /// What it started ends with it, and what it wrote before is kept.
  @Test func aLimitOfTimeIsHeld() throws {
    let scratch = try ScratchFolder()
    let late = scratch.path / "late"
    let (ending, output) = try shell("echo first; (sleep 2; echo > \(late)) & sleep 60")
      .run(within: .milliseconds(300))
    #expect(ending == nil && output == Array("first\n".utf8))
    usleep(2_500_000)
    #expect(!late.exists)
  }

  @Test func waitingHasAnEnd() throws {
    let child = try shell("sleep 60").start()
    #expect(child.wait(atMost: .milliseconds(50)) == nil)
    #expect(child.collect() == nil)
    child.send(SIGTERM)
    #expect(child.wait(atMost: .seconds(20)) == .killed(signal: SIGTERM))
  }

  /// Signals that this process has blocked are no business of the child.
  @Test func blockedSignalsAreNotInherited() throws {
    var (set, previous) = (sigset_t(), sigset_t())
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &set, &previous)
    let ending = try shell("kill -15 $$; exit 3").start().wait()
    unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
    #expect(ending == .killed(signal: SIGTERM))
  }
}
