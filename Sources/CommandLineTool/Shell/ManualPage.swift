/// The man page, from the declarations of all verbs. Macros of man(7).
struct ManualPage {
  let verbs: [VerbDeclaration]

  var text: String {
    let parts = [
      ".TH SLMC 1 \"\" \"slmc \(Version.number)\" \"User Commands\"",
      section(
        "NAME", Self.escaped("slmc - reproducible experiments with self-learning Monte Carlo")),
      section("SYNOPSIS", ".B slmc\n.I VERB\n[arguments]"),
      section("DESCRIPTION", Self.escaped(Self.description)),
      ".SH VERBS",
    ]
    return (parts + verbs.map(verb) + [exitStatus, environment, files]).joined(separator: "\n")
      + "\n"
  }

  private static let description = """
    A manifest names a pipeline of stages, the values of its parameters, a sweep and figures. slmc
    works out what has to run, does it once, keeps every artifact under the hash of what it was made
    of, and draws the figures. The same command resumes after any interruption.
    """

  private func verb(_ verb: VerbDeclaration) -> String {
    var parts = [
      ".SS \"slmc \(Self.escaped(verb.name))\"", Self.escaped(Self.capitalised(verb.summary)),
    ]
    parts.append(".PP\n.RS\n\(Self.escaped(verb.usage))\n.RE")
    if !verb.details.isEmpty { parts.append(".PP\n" + Self.escaped(verb.details)) }
    for option in verb.options {
      let value = option.value.map { " \\fI\(Self.escaped($0))\\fR" } ?? ""
      parts.append(
        ".TP\n\\fB\(Self.escaped(option.name))\\fR\(value)\n\(Self.escaped(option.summary))")
    }
    if !verb.examples.isEmpty {
      let examples = verb.examples.map(Self.escaped).joined(separator: "\n")
      parts.append(".PP\nExamples:\n.PP\n.nf\n.RS\n\(examples)\n.RE\n.fi")
    }
    return parts.joined(separator: "\n")
  }

  private var exitStatus: String {
    let codes = [
      ("0", "done"), ("1", "a job failed"), ("2", "bad command line or manifest"),
      ("3", "work needed"), ("4", "a physics gate failed"),
      ("5", "inconclusive: not converged, underpowered, or the budget is spent"),
      ("6", "a problem of the store"), ("130, 143", "interrupted; the same command resumes"),
    ]
    return section("EXIT STATUS", entries(codes))
  }

  private var environment: String {
    section(
      "ENVIRONMENT",
      entries([
        ("SLMC_STORE", "the store, where --store does not name one"),
        ("NO_COLOR", "when not empty, no colours"),
        (
          KernelChoice.variable,
          "native: compute with the processor's own BLAS kernel, or the one that OPENBLAS_CORETYPE "
            + "names; otherwise with one that gives equal bits on every x86-64-v3 machine"
        ),
      ]))
  }

  private var files: String {
    section(
      "FILES",
      entries([
        (".slmc/", "the store, beside the folder experiments/"),
        ("experiments/NAME.yaml", "manifests"), ("pipelines/NAME.yaml", "shared stages"),
        ("results/NAME/", "figures, tables and reports"),
      ]))
  }

  private func entries(_ entries: [(String, String)]) -> String {
    entries.map { ".TP\n.B \(Self.escaped($0))\n\(Self.escaped($1))" }.joined(separator: "\n")
  }

  private func section(_ title: String, _ body: String) -> String { ".SH \(title)\n\(body)" }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// A dot or an apostrophe at the beginning of a line would be a request.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let clean = line.reduce(into: "") { result, character in
        switch character {
        case "\\": result += "\\e"
        case "-": result += "\\-"
        case "…": result += "..."
        default: result.append(character)
        }
      }
      return clean.hasPrefix(".") || clean.hasPrefix("'") ? "\\&" + clean : clean
    }.joined(separator: "\n")
  }
}
