internal import Diagnostics

enum HelpVerb: Verb {
  static let declaration = VerbDeclaration(
    "help", "what slmc does, or what one verb does", positionals: [.init("VERB", isRequired: false)]
  )

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    guard let name = arguments.positionals.first else {
      tool.output.print(overview)
      return .done
    }
    guard let verb = verbs.first(where: { $0.declaration.name == name }) else {
      throw Diagnostics(
        error: "unknown verb `\(name)`",
        hint: suggestion(
          for: name, in: verbs.map { $0.declaration }.filter { !$0.isInternal }.map(\.name)))
    }
    tool.output.print(text(of: verb.declaration))
    return .done
  }

  static var overview: String {
    let shown = verbs.map { $0.declaration }.filter { !$0.isInternal }
    let width = shown.map(\.name.count).max() ?? 0
    return """
      slmc: reproducible experiments with self-learning Monte Carlo

      usage: slmc VERB …

      \(shown.map { "  " + pad($0.name, width) + "  " + $0.summary }.joined(separator: "\n"))

      `slmc help VERB` tells more. Exit codes: 0 done, 1 a job failed, 2 bad command line or manifest,
      3 work needed, 4 physics gate failed, 5 inconclusive, 6 store problem, 130/143 interrupted.
      """
  }

  static func text(of verb: VerbDeclaration) -> String {
    var parts = ["slmc \(verb.name): \(verb.summary)", "usage: \(verb.usage)"]
    if !verb.details.isEmpty { parts.append(verb.details) }
    if !verb.options.isEmpty {
      let names = verb.options.map { $0.name + ($0.value.map { " \($0)" } ?? "") }
      let width = names.map(\.count).max() ?? 0
      parts.append(
        zip(names, verb.options).map { "  " + pad($0, width) + "  " + $1.summary }
          .joined(separator: "\n"))
    }
    if !verb.examples.isEmpty {
      parts.append("examples:\n" + verb.examples.map { "  " + $0 }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n")
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
