internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Glibc
internal import Pipeline
public import Stages

/// The program: finds the verb, runs it, turns what goes wrong into words and an exit code.
public enum CommandLineTool {
  /// Runs one command line and returns the exit code.
  public static func main(_ words: [String], theories: TheoryBook) -> Int32 {
    signal(SIGPIPE, SIG_IGN)
    NumericalLibraries.prepare()
    let words = words.isEmpty ? commandLineOfKernel() : words
    return run(
      words, theories: theories, environment: currentEnvironment(), output: 1, errors: 2,
      isMain: true)
  }

  /// One call within a process that may make many of them.
  ///
  /// - Parameters:
  ///   - output: the file descriptor that results go to.
  ///   - errors: the file descriptor for what went wrong.
  ///   - isMain: whether the process is the program and may start itself anew.
  package static func run(
    _ words: [String], theories: TheoryBook, environment: [String: String], output: Int32,
    errors: Int32, isMain: Bool = false
  ) -> Int32 {
    let tool = Tool(
      theories: theories, registry: StageRegistry(theories),
      output: Terminal(descriptor: output, environment: environment),
      errors: Terminal(descriptor: errors, environment: environment), environment: environment,
      program: programPath(words), commandLine: words, isMain: isMain)
    return run(Array(words.dropFirst()), tool).rawValue
  }

  private static func run(_ words: [String], _ tool: Tool) -> ExitCode {
    do {
      guard let name = words.first, !["help", "-h", "--help"].contains(name) || words.count > 1
      else {
        tool.output.print(HelpVerb.overview)
        return words.isEmpty ? .usage : .done
      }
      guard name != "--version" else {
        tool.output.print(Version.description)
        return .done
      }
      guard let verb = verbs.first(where: { $0.declaration.name == name }) else {
        throw Diagnostics(
          error: name.hasPrefix("-")
            ? "there is no verb before `\(name)`" : "unknown verb `\(name)`",
          hint: name.hasPrefix("-")
            ? "options come after the verb, as in `slmc plan EXP.yaml --json`"
            : suggestion(
              for: name, in: verbs.map { $0.declaration }.filter { !$0.isInternal }.map(\.name))
              ?? "`slmc help` lists the verbs")
      }
      if words.contains("--help") || words.contains("-h") {
        tool.output.print(HelpVerb.text(of: verb.declaration))
        return .done
      }
      if verb.computes { try tool.settleKernel() }
      return try verb.run(Arguments(Array(words.dropFirst()), for: verb.declaration), in: tool)
    } catch {
      return explain(error, tool)
    }
  }

  /// The one place where an error becomes text.
  private static func explain(_ error: any Error, _ tool: Tool) -> ExitCode {
    let renderer = DiagnosticRenderer(coloured: tool.errors.isColoured)
    switch error {
    case let diagnostics as Diagnostics:
      tool.errors.print(renderer.render(diagnostics))
      return .usage
    case let failure as VerbFailure:
      tool.errors.print(renderer.render(.error(failure.description)))
      return failure.code
    case let store as StoreError:
      tool.errors.print(renderer.render(.error(store.description)))
      return .store
    case let system as SystemError:
      tool.errors.print(renderer.render(.error(system.description)))
      return .store
    default:
      tool.errors.print(renderer.render(.error("\(error)")))
      return .jobFailed
    }
  }

  /// The runtime finds the words next to the environment, and none when a preloaded library, such as
  /// one that shifts clocks, moved that before it looked.
  private static func commandLineOfKernel() -> [String] {
    let bytes = (try? Path("/proc/self/cmdline").read()) ?? []
    return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func currentEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = unsafe environ
    while let text = unsafe entry.pointee {
      let parts = unsafe String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      unsafe entry += 1
    }
    return variables
  }

  private static func programPath(_ words: [String]) -> Path {
    Path(Path("/proc/self/exe").target ?? words.first ?? "slmc")
  }
}
