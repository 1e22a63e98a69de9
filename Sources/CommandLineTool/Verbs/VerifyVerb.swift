internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import Values

enum VerifyVerb: Verb {
  static let declaration = VerbDeclaration(
    "verify", "hash every artifact anew and compare with what was committed",
    details: """
      File bytes, logical content, recipe key and result are all computed anew. Exits with 6 when
      something is damaged. With --repair it is removed, and the next run makes it again.
      """,
    positionals: [.init("KEY", isRequired: false, repeats: true)],
    options: [.store, .init("--repair", nil, "remove what is damaged"), .json, .quiet],
    examples: ["slmc verify", "slmc verify --repair", "slmc verify 1f2e3d"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let store = try tool.existingStore(arguments)
    let keys =
      try arguments.positionals.isEmpty
      ? store.keys() : arguments.positionals.map { try Target.key($0, in: store) }
    let audit = ArtifactAudit(store: store, registry: tool.registry)
    let damaged = keys.compactMap { key in audit.damage(of: key).map { (key: key, reason: $0) } }
    let repaired = arguments.has("--repair") ? try repair(damaged.map(\.key), in: store) : []
    if arguments.has("--json") {
      tool.output.print(json(keys.count, damaged, repaired).json())
    } else {
      for entry in damaged {
        let fate = repaired.contains(entry.key) ? "; removed" : ""
        tool.output.print(
          "\(tool.output.paint("damaged", .bad)): \(entry.key.short): \(entry.reason)\(fate)")
      }
      if !arguments.has("--quiet") || !damaged.isEmpty {
        tool.output.print(
          "\(keys.count) artifacts, \(damaged.count) damaged" + hint(damaged, repaired))
      }
    }
    return damaged.count == repaired.count ? .done : .store
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

  private static func json(
    _ count: Int, _ damaged: [(key: Digest, reason: String)], _ repaired: [Digest]
  ) -> Value {
    .record([
      "checked": .integer(count),
      "damaged": .list(
        damaged.map {
          .record([
            "key": .text($0.key.description), "reason": .text($0.reason),
            "removed": .boolean(repaired.contains($0.key)),
          ])
        }),
    ])
  }
}
