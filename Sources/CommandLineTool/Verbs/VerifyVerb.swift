internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import Executors
internal import FileSystem
internal import Values

enum VerifyVerb: Verb {
  static let declaration = VerbDeclaration(
    "verify", "hash every artifact anew and compare with what was committed",
    details: """
      File bytes, logical content, recipe key and result are all computed anew. Exits with 6 when
      something is damaged. With --repair it is removed, and the next run makes it again.
      Hashes cannot tell whether a content is what its recipe gives, as of an imported artifact:
      --recompute N makes N artifacts again, chosen at random, each in a store of its own, and compares
      contents. What differs is named, and the exit code is 6; 5 when one could not be made again.
      """,
    positionals: [.init("KEY", isRequired: false, repeats: true)],
    options: [
      .store, .init("--repair", nil, "remove what is damaged"),
      .init("--recompute", "N", "make N artifacts again and compare contents"), .json, .quiet,
    ],
    examples: [
      "slmc verify", "slmc verify --repair", "slmc verify 1f2e3d", "slmc verify --recompute 10",
    ])

  /// What was found.
  private struct Findings {
    let count: Int
    let damaged: [(key: Digest, reason: String)]
    /// Of versions of stages that this slmc does not have, and that record no groups.
    let doubtful: Int
    let repaired: [Digest]
    let recomputed: [Recomputation.Entry]

    var code: ExitCode {
      if damaged.count > repaired.count || recomputed.contains(where: \.isDifferent) {
        return .store
      }
      return recomputed.contains(where: \.isImpossible) ? .inconclusive : .done
    }
  }

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let sample = try arguments.integer("--recompute", atLeast: 1) ?? 0
    let store = try tool.existingStore(arguments)
    let keys =
      try arguments.positionals.isEmpty
      ? store.keys() : arguments.positionals.map { try Target.key($0, in: store) }
    let audit = ArtifactAudit(store: store, registry: tool.registry)
    let damaged = keys.compactMap { key in audit.damage(of: key).map { (key: key, reason: $0) } }
    let repaired = arguments.has("--repair") ? try repair(damaged.map(\.key), in: store) : []
    let whole = Set(keys).subtracting(damaged.map(\.key))
    let findings = Findings(
      count: keys.count, damaged: damaged,
      doubtful: whole.count { key in
        (try? store.metadata(of: key)).map { audit.doubt(of: $0) != nil } ?? false
      },
      repaired: repaired,
      recomputed: try recompute(Array(whole.shuffled().prefix(sample)), in: store, tool))
    if arguments.has("--json") {
      tool.output.print(json(findings).json())
    } else {
      show(findings, isQuiet: arguments.has("--quiet"), on: tool.output)
    }
    return findings.code
  }

  private static func recompute(
    _ keys: [Digest], in store: Store, _ tool: Tool
  ) throws -> [Recomputation.Entry] {
    let project = store.root.name == ".slmc" ? store.root.folder : Path.current
    let recomputation = Recomputation(
      store: store, registry: tool.registry, worker: .own(name: tool.program.description),
      project: project)
    return try keys.map(recomputation.entry)
  }

  private static func show(_ findings: Findings, isQuiet: Bool, on output: Terminal) {
    for entry in findings.damaged {
      let fate = findings.repaired.contains(entry.key) ? "; removed" : ""
      output.print("\(output.paint("damaged", .bad)): \(entry.key.short): \(entry.reason)\(fate)")
    }
    for complaint in findings.recomputed.compactMap(\.complaint) { output.print(complaint) }
    guard !isQuiet || findings.code != .done else { return }
    output.print(
      "\(findings.count) artifacts, \(findings.damaged.count) damaged"
        + hint(findings.damaged, findings.repaired))
    if findings.doubtful > 0 {
      output.print(
        "\(findings.doubtful) of versions that this slmc does not have: nothing vouches for their "
          + "keys, and no plan takes them")
    }
    guard !findings.recomputed.isEmpty else { return }
    let differing = findings.recomputed.count(where: \.isDifferent)
    let made = findings.recomputed.count { !$0.isImpossible }
    output.print("\(made) of \(findings.recomputed.count) made again, \(differing) differ")
  }

  private static func hint(_ damaged: [(key: Digest, reason: String)], _ repaired: [Digest])
    -> String
  {
    guard !damaged.isEmpty else { return "" }
    if repaired.isEmpty { return "; `slmc verify --repair` removes them" }
    return ", \(repaired.count) removed; the next run makes them again"
  }

  /// Only what nobody works on: a lease is taken for each.
  private static func repair(_ keys: [Digest], in store: Store) throws -> [Digest] {
    var leases = LeaseBook(store)
    return try keys.filter { key in
      guard case .granted(let lease) = try leases.claim(key) else { return false }
      defer { lease.release() }
      try store.setAside(key)
      return true
    }
  }

  private static func json(_ findings: Findings) -> Value {
    .record([
      "checked": .integer(findings.count),
      "damaged": .list(
        findings.damaged.map {
          .record([
            "key": .text($0.key.description), "reason": .text($0.reason),
            "removed": .boolean(findings.repaired.contains($0.key)),
          ])
        }),
      "doubtful": .integer(findings.doubtful),
      "recomputed": .list(findings.recomputed.map(\.json)),
    ])
  }
}
