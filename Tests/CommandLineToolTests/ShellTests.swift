import FileSystem
import Testing

@Suite struct ShellTests {
  private var verbs: [String] {
    get throws {
      try Desk().slmc("help").output.split(separator: "\n")
        .filter { $0.hasPrefix("  ") }.compactMap { $0.split(separator: " ").first }
        .map(String.init)
    }
  }

  /// What bash offers for a command line whose last word is begun.
  private func bashOffers(_ words: String...) throws -> [String] {
    let desk = try Desk()
    try desk.write("", to: "here.yaml")
    try desk.write("", to: "notes.txt")
    try desk.write(try desk.slmc("completions", "bash").output, to: "c.bash")
    let line = (["slmc"] + words).map { "'\($0)'" }.joined(separator: " ")
    let script = """
      source c.bash; COMP_WORDS=(\(line)); COMP_CWORD=\(words.count); _slmc
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let answer = try desk.system("bash", "-c", script)
    #expect(answer.code == 0)
    #expect(answer.errors.isEmpty, "\(answer.errors)")
    return answer.output.split(separator: "\n").map(String.init)
  }

  @Test func bashCompletes() throws {
    #expect(try bashOffers("stat") == ["status"])
    #expect(try bashOffers("gc", "--de") == ["--delete"])
    #expect(try bashOffers("explain", "system.temp") == ["system.temperature"])
    #expect(try bashOffers("run", "") == ["here.yaml"])
    #expect(try bashOffers("completions", "") == ["bash", "zsh", "fish"])
    #expect(try bashOffers("help", "tra") == ["trace"])
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func scriptsNameEveryVerb(shell: String) throws {
    let script = try Desk().slmc("completions", shell).output
    let missing = try verbs.filter { !script.contains($0) }
    #expect(missing.isEmpty)
    let offersOwn = ["-a work ", "'work:", " work)"].contains { script.contains($0) }
    #expect(!offersOwn, "verbs of the tool's own are not offered")
  }

  /// Where these shells are installed they must accept their scripts.
  @Test(arguments: ["zsh", "fish"])
  func otherShellsAcceptTheirScripts(shell: String) throws {
    let desk = try Desk()
    guard try desk.system("which", shell).code == 0 else { return }
    try desk.write(try desk.slmc("completions", shell).output, to: "script")
    let answer = try desk.system(shell, "-n", "script")
    #expect(answer.code == 0, "\(answer.errors)")
  }

  @Test func fishCompletes() throws {
    let desk = try Desk()
    guard try desk.system("which", "fish").code == 0 else { return }
    try desk.write("", to: "here.yaml")
    try desk.write(try desk.slmc("completions", "fish").output, to: "slmc.fish")
    func offers(_ line: String) throws -> [String] {
      let answer = try desk.system(
        "fish", "-c", "source slmc.fish; complete -C '\(line)'",
        environment: ["HOME": "\(desk.folder)"])
      #expect(answer.code == 0, "\(answer.errors)")
      return answer.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
        .map(String.init)
    }
    #expect(try offers("slmc stat") == ["status"])
    #expect(try offers("slmc gc --de") == ["--delete"])
    #expect(try offers("slmc explain system.temp") == ["system.temperature"])
    #expect(try offers("slmc run ").contains("here.yaml"))
    #expect(try offers("slmc completions ").sorted() == ["bash", "fish", "zsh"])
  }

  /// A real zsh in a pseudo terminal finds the function in its path and completes at the first tab.
  @Test(arguments: [
    ("stat", "slmc status"), ("gc --de", "slmc gc --delete"), ("run he", "slmc run here.yaml"),
  ])
  func zshCompletes(typed: String, becomes: String) throws {
    let desk = try Desk()
    guard try desk.system("which", "zsh").code == 0 else { return }
    try desk.write("", to: "here.yaml")
    try desk.write(try desk.slmc("completions", "zsh").output, to: "_slmc")
    let script = """
      zmodload zsh/zpty
      zpty z zsh -f -i
      zpty -w z "PROMPT='REA'DY; fpath=($PWD \\$fpath); autoload -U compinit; compinit -u -D"
      zpty -r -m z output '*READY*'
      zpty -n -w z "slmc \(typed)"$'\\t'
      zpty -r -m z output '*\(becomes)*' && print done
      """
    let answer = try desk.system("timeout", "20", "zsh", "-f", "-c", script)
    #expect(answer.output.contains("done"), "\(answer.output)\(answer.errors)")
  }

  @Test func manualHasEveryVerbAndOption() throws {
    let desk = try Desk()
    let page = try desk.slmc("man").output
    #expect(page.hasPrefix(".TH SLMC 1"))
    for verb in try verbs {
      #expect(page.contains(".SS \"slmc \(verb.replacing("-", with: "\\-"))\""))
      let help = try desk.slmc("help", verb).output
      for match in help.matches(of: /--[a-z-]+/) {
        let option = String(match.output).replacing("-", with: "\\-")
        #expect(page.contains(option), "\(option)")
      }
    }
  }

  /// Every verb answers help, and has an example that names it.
  @Test func everyVerbHasHelp() throws {
    let desk = try Desk()
    for verb in try verbs where verb != "help" {
      let answer = try desk.slmc(verb, "--help")
      #expect(answer.code == 0)
      #expect(answer.output.contains("usage: slmc \(verb)"))
      #expect(answer.output.contains("examples:"), "\(verb)")
    }
  }
}
