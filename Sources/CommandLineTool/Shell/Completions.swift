/// Completion scripts, from the same declarations that parse the command line.
struct Completions {
  let verbs: [VerbDeclaration]
  /// What `slmc explain` can be asked.
  let keys: [String]

  /// What a positional or an option's value is, as far as completion cares.
  private enum Value {
    case manifest, archive, folder, word([String]), anything

    init(_ name: String, _ choices: [String], verbs: [VerbDeclaration], keys: [String]) {
      switch name {
      case _ where !choices.isEmpty: self = .word(choices)
      case "VERB": self = .word(verbs.map(\.name))
      case "KEY" where !keys.isEmpty: self = .word(keys)
      case "bash|zsh|fish": self = .word(name.split(separator: "|").map(String.init))
      case "DIR": self = .folder
      case _ where name.contains(".yaml"): self = .manifest
      case _ where name.contains("EXP"): self = .manifest
      case _ where name.contains("FILE") || name.contains(".h5"): self = .archive
      default: self = .anything
      }
    }
  }

  private func value(of verb: VerbDeclaration) -> Value {
    guard let first = verb.positionals.first else { return .anything }
    return Value(first.name, [], verbs: verbs, keys: verb.name == "explain" ? keys : [])
  }

  private func value(of option: VerbDeclaration.Option) -> Value? {
    option.value.map { Value($0, option.choices, verbs: verbs, keys: []) }
  }

  // MARK: bash

  var bash: String {
    let cases = verbs.map { verb in
      """
          \(verb.name))
            options="\((verb.options.map(\.name) + ["--help"]).joined(separator: " "))"
            \(Self.bash(value(of: verb)))
            ;;
      """
    }
    let valued = verbs.flatMap(\.options).filter { $0.value == "DIR" }.map(\.name)
    return """
      # Completion of slmc for bash.
      _slmc() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
        local options="" words="" files=""
        if [ "$COMP_CWORD" -eq 1 ]; then
          COMPREPLY=($(compgen -W "\(verbs.map(\.name).joined(separator: " ")) --version" -- "$word"))
          return
        fi
        case "${COMP_WORDS[1]}" in
      \(cases.joined(separator: "\n"))
        esac
        case "$before" in
          \(Set(valued).sorted().joined(separator: "|")))
            COMPREPLY=($(compgen -d -- "$word")); return ;;
        esac
        if [ "${word#-}" != "$word" ]; then
          COMPREPLY=($(compgen -W "$options" -- "$word"))
        elif [ -n "$words" ]; then
          COMPREPLY=($(compgen -W "$words" -- "$word"))
        elif [ -n "$files" ]; then
          COMPREPLY=($(compgen -f -X "!$files" -- "$word") $(compgen -d -S / -- "$word"))
        else
          COMPREPLY=($(compgen -f -- "$word"))
        fi
      }
      complete -o filenames -F _slmc slmc

      """
  }

  private static func bash(_ value: Value) -> String {
    switch value {
    case .manifest: "files='*.yaml'"
    case .word(let words): "words=\"\(words.joined(separator: " "))\""
    case .archive, .folder, .anything: ":"
    }
  }

  // MARK: zsh

  var zsh: String {
    let names = verbs.map { "    '\($0.name):\(Self.quoted($0.summary))'" }
    let cases = verbs.map { verb in
      let options = verb.options.map { option in
        let action =
          value(of: option).map { ":\(Self.quoted(option.value ?? "")):\(Self.zsh($0))" } ?? ""
        return "'*\(option.name)[\(Self.quoted(option.summary))]\(action)'"
      }
      let rest = "'*:argument:\(Self.zsh(value(of: verb)))'"
      return "      \(verb.name)) _arguments \((options + [rest]).joined(separator: " ")) ;;"
    }
    return """
      #compdef slmc
      _slmc() {
        local -a verbs
        verbs=(
      \(names.joined(separator: "\n"))
        )
        if (( CURRENT == 2 )); then
          _describe 'verb' verbs
          return
        fi
        local verb=$words[2]
        shift words; (( CURRENT-- ))
        case $verb in
      \(cases.joined(separator: "\n"))
        esac
      }
      # Found in $fpath it is this function itself; sourced it has to be registered.
      if [ "$funcstack[1]" = "_slmc" ]; then _slmc "$@"; else compdef _slmc slmc; fi

      """
  }

  private static func zsh(_ value: Value) -> String {
    switch value {
    case .manifest: "_files -g \"*.yaml\""
    case .archive: "_files"
    case .folder: "_files -/"
    case .word(let words): "(\(words.joined(separator: " ")))"
    case .anything: " "
    }
  }

  // MARK: fish

  var fish: String {
    var lines = ["# Completion of slmc for fish.", "complete -c slmc -f"]
    for verb in verbs {
      lines.append(
        "complete -c slmc -n __fish_use_subcommand -a \(verb.name) -d '\(Self.quoted(verb.summary))'"
      )
      let here = "complete -c slmc -n '__fish_seen_subcommand_from \(verb.name)'"
      switch value(of: verb) {
      case .manifest: lines.append("\(here) -k -a '(__fish_complete_suffix .yaml)'")
      case .archive, .folder: lines.append("\(here) -F")
      case .word(let words): lines.append("\(here) -a '\(words.joined(separator: " "))'")
      case .anything: break
      }
      for option in verb.options {
        let name =
          option.name.hasPrefix("--")
          ? "-l \(option.name.dropFirst(2))" : "-o \(option.name.dropFirst())"
        let taking =
          switch value(of: option) {
          case nil: ""
          case .word(let words): " -x -a '\(words.joined(separator: " "))'"
          case .folder: " -x -a '(__fish_complete_directories)'"
          case .anything: " -x"
          case .manifest, .archive: " -r -F"
          }
        lines.append("\(here) \(name)\(taking) -d '\(Self.quoted(option.summary))'")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Summaries stand in single quotes and, in zsh, in brackets with colons.
  private static func quoted(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "'": result += "’"
      case "[": result += "("
      case "]": result += ")"
      case ":": result += " -"
      default: result.append(character)
      }
    }
  }
}
