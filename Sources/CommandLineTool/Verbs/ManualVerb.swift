internal import Diagnostics

enum ManualVerb: Verb {
  static let declaration = VerbDeclaration(
    "man", "print the man page",
    examples: ["slmc man | man -l -", "slmc man > /usr/local/share/man/man1/slmc.1"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let shown = verbs.map { $0.declaration }.filter { !$0.isInternal }
    tool.output.write(ManualPage(verbs: shown).text)
    return .done
  }
}
