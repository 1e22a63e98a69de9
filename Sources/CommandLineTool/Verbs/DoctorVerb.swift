internal import Diagnostics
internal import FileSystem
internal import Values

enum DoctorVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "doctor", "check libraries, file system and programs, and say how to mend what is wrong",
    details: """
      Nothing is changed: the file system is tried out in a folder that is removed again. Exits with 6
      when the store's place is unfit, with 1 when a library is; warnings do not count.
      """,
    options: [.store, .json], examples: ["slmc doctor", "slmc doctor --store /scratch/slmc"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let root = Path(arguments.value("--store") ?? tool.environment["SLMC_STORE"] ?? ".slmc")
    let libraries = LibraryChecks(environment: tool.environment).all
    let store = StoreChecks(root: root).all
    let checks = libraries + store + ProgramChecks(environment: tool.environment).all
    if arguments.has("--json") {
      tool.output.print(Value.record(["checks": .list(checks.map(\.value))]).json())
    } else {
      tool.output.print("slmc \(Version.number)")
      let width = checks.map(\.name.count).max() ?? 0
      for check in checks { tool.output.print(check.text(on: tool.output, width: width)) }
      let (bad, warnings) = (
        checks.count { $0.verdict == .bad }, checks.count { $0.verdict == .warning }
      )
      tool.output.print("\(checks.count) checks: \(bad) bad, \(warnings) warnings")
    }
    if store.contains(where: { $0.verdict == .bad }) { return .store }
    return checks.contains { $0.verdict == .bad } ? .jobFailed : .done
  }
}
