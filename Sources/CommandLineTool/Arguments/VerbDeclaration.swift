internal import Diagnostics

/// What a verb takes, said once: parsing, `help`, the man page and completions read it here.
struct VerbDeclaration: Sendable {
  struct Option: Sendable {
    let name: String
    /// What stands behind the name; nil for a switch.
    let value: String?
    let summary: String
    /// What completion offers for the value.
    let choices: [String]

    init(_ name: String, _ value: String? = nil, _ summary: String, choices: [String] = []) {
      self.name = name
      self.value = value
      self.summary = summary
      self.choices = choices
    }
  }

  struct Positional: Sendable {
    let name: String
    let isRequired: Bool
    let repeats: Bool

    init(_ name: String, isRequired: Bool = true, repeats: Bool = false) {
      self.name = name
      self.isRequired = isRequired
      self.repeats = repeats
    }
  }

  let name: String
  let summary: String
  let details: String
  let positionals: [Positional]
  let options: [Option]
  let examples: [String]
  /// Verbs for the tool's own use, not listed in help.
  let isInternal: Bool

  init(
    _ name: String, _ summary: String, details: String = "", positionals: [Positional] = [],
    options: [Option] = [], examples: [String] = [], isInternal: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.details = details
    self.positionals = positionals
    self.options = options
    self.examples = examples
    self.isInternal = isInternal
  }

  /// For messages: `help` has the options.
  var shortUsage: String {
    let words = positionals.map { $0.name + ($0.repeats ? "…" : "") }
    return (["slmc", name] + words + (options.isEmpty ? [] : ["…"])).joined(separator: " ")
      + "; `slmc help \(name)` tells more"
  }

  var usage: String {
    let words = positionals.map { positional in
      let name = positional.name + (positional.repeats ? "…" : "")
      return positional.isRequired ? name : "[\(name)]"
    }
    let options = options.map { option in
      "[" + option.name + (option.value.map { " \($0)" } ?? "") + "]"
    }
    return (["slmc", name] + words + options).joined(separator: " ")
  }
}

extension VerbDeclaration.Option {
  static let store = Self("--store", "DIR", "the store (default: $SLMC_STORE, else .slmc)")
  static let json = Self("--json", nil, "machine-readable output")
  static let quiet = Self("--quiet", nil, "print only failures")
  static let profile = Self("--profile", "NAME", "apply a profile of the manifest")
  static let set = Self("-S", "PATH=VALUE", "set a parameter; may be repeated")
  static let only = Self("--only", "AXIS=VALUE", "only points with this value; may be repeated")
  static let until = Self("--until", "STAGE", "only this stage and what it needs")

  /// What every verb takes that reads an experiment.
  static let manifest: [Self] = [.store, .profile, .set, .only, .until]
}
