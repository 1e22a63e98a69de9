internal import Diagnostics

enum CompletionsVerb: Verb {
  static let shells = ["bash", "zsh", "fish"]

  static let declaration = VerbDeclaration(
    "completions", "completion of verbs, options and manifest keys for your shell",
    details: """
      bash: eval "$(slmc completions bash)" in ~/.bashrc
      zsh:  eval "$(slmc completions zsh)" in ~/.zshrc, after compinit
      fish: slmc completions fish > ~/.config/fish/completions/slmc.fish
      """,
    positionals: [.init("bash|zsh|fish")], examples: ["eval \"$(slmc completions bash)\""])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let shell = arguments.positionals[0]
    let completions = Completions(
      verbs: verbs.map { $0.declaration }.filter { !$0.isInternal },
      keys: ManifestReference(tool.registry).keys)
    switch shell {
    case "bash": tool.output.write(completions.bash)
    case "zsh": tool.output.write(completions.zsh)
    case "fish": tool.output.write(completions.fish)
    default:
      throw Diagnostics(
        error: "no completions for the shell `\(shell)`", hint: suggestion(for: shell, in: shells))
    }
    return .done
  }
}
