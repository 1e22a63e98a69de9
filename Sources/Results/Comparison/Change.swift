internal import Artifacts
internal import ContentHash
package import Values

/// One thing that went into two artifacts differently.
package struct Change: Hashable {
  package let what: String
  /// Empty where one side has nothing of the kind.
  package let before: String
  package let after: String

  /// Of the artifacts themselves and of all that they were made of, each once.
  static func between(
    _ a: ArtifactMetadata, _ first: Catalog, _ b: ArtifactMetadata, _ second: Catalog
  ) -> [Change] {
    guard a.key != b.key else { return [] }
    var changes = compare("kind", a.kind, b.kind)
    changes += compare("\(a.kind) version", String(a.version), String(b.version))
    changes += compare("seed", a.seed.map(String.init) ?? "", b.seed.map(String.init) ?? "")
    changes += between(a.parameters, b.parameters)
    for slot in Set((a.inputs + b.inputs).map(\.slot)).sorted() {
      let inputs = [a, b].map { side in side.inputs.first { $0.slot == slot } }
      if let before = inputs[0].flatMap({ first[$0.key] }),
        let after = inputs[1].flatMap({ second[$0.key] })
      {
        changes += between(before, first, after, second)
      } else {
        changes += compare(
          "input \(slot)", inputs[0]?.key.short ?? "", inputs[1]?.key.short ?? "")
      }
    }
    var seen: Set<Change> = []
    return changes.filter { seen.insert($0).inserted }
  }

  /// By dotted path.
  package static func between(_ first: Record, _ second: Record) -> [Change] {
    let (before, after) = (spellings(first), spellings(second))
    return Set(before.keys).union(after.keys).sorted().flatMap { name in
      compare(name, before[name] ?? "", after[name] ?? "")
    }
  }

  private static func compare(_ what: String, _ before: String, _ after: String) -> [Change] {
    before == after ? [] : [Change(what: what, before: before, after: after)]
  }

  private static func spellings(_ record: Record) -> [String: String] {
    Dictionary(Value.record(record).leaves().map { ($0.path, $0.value.spelling) }) { first, _ in
      first
    }
  }
}
