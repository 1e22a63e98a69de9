internal import Diagnostics

/// The words after a verb, checked against what it takes.
struct Arguments: Sendable {
  private(set) var positionals: [String] = []
  private var values: [String: [String]] = [:]
  private var switches: Set<String> = []

  /// Throws every mistake of the command line at once.
  init(_ words: [String], for verb: VerbDeclaration) throws(Diagnostics) {
    var problems = Diagnostics()
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-", Double(word) == nil else {
        positionals.append(word)
        continue
      }
      if word == "--" {
        positionals += rest
        break
      }
      take(word, &rest, verb, &problems)
    }
    let required = verb.positionals.count { $0.isRequired }
    if positionals.count < required {
      let missing = verb.positionals[positionals.count].name
      problems.append(
        .error("`slmc \(verb.name)` needs \(missing)", hint: "usage: \(verb.shortUsage)"))
    } else if problems.isEmpty && positionals.count > verb.positionals.count
      && verb.positionals.last?.repeats != true
    {
      // After an unknown option this word is more likely its value.
      let extra = positionals[verb.positionals.count]
      problems.append(
        .error("`slmc \(verb.name)` does not take `\(extra)`", hint: "usage: \(verb.shortUsage)"))
    }
    try problems.throwIfErrors()
  }

  private mutating func take(
    _ word: String, _ rest: inout ArraySlice<String>, _ verb: VerbDeclaration,
    _ problems: inout Diagnostics
  ) {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    let name = word.hasPrefix("--") ? parts[0] : word
    guard let option = verb.options.first(where: { $0.name == name }) else {
      problems.append(
        .error(
          "unknown option `\(name)` of `slmc \(verb.name)`",
          hint: suggestion(for: name, in: verb.options.map(\.name))))
      return
    }
    guard option.value != nil else {
      switches.insert(name)
      return
    }
    if word.hasPrefix("--"), parts.count == 2 {
      values[name, default: []].append(parts[1])
    } else if let value = rest.popFirst() {
      values[name, default: []].append(value)
    } else {
      problems.append(
        .error(
          "`\(name)` needs a value", hint: "\(name) \(option.value ?? ""): \(option.summary)"))
    }
  }

  func has(_ name: String) -> Bool { switches.contains(name) }

  func value(_ name: String) -> String? { values[name]?.last }

  /// Every value of an option that may be repeated.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// A whole number; an error when something else was given.
  func integer(_ name: String, atLeast least: Int) throws(Diagnostics) -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), number >= least else {
      throw Diagnostics(
        error: "`\(name)` takes a whole number of at least \(least), not `\(text)`",
        hint: "as in \(name) \(max(least, 2))")
    }
    return number
  }

  /// The parts of options such as `-S path=value`.
  func pairs(_ name: String) throws(Diagnostics) -> [(String, String)] {
    var pairs: [(String, String)] = []
    for text in all(name) {
      guard let equals = text.firstIndex(of: "=") else {
        throw Diagnostics(
          error: "`\(name)` takes path=value, not `\(text)`",
          hint: "as in \(name) system.temperature=0.1")
      }
      pairs.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
    }
    return pairs
  }
}
