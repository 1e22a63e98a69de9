internal import Artifacts
internal import ContentHash
internal import Values

/// The lineage of an artifact as an indented tree or as nested JSON.
struct LineageTree {
  let catalog: Catalog
  let showsInputs: Bool
  let showsUsers: Bool

  func text(_ item: Target.Item, on output: Terminal) -> String {
    var lines = [output.paint(item.name, .strong) + "  " + label(item.key)]
    if showsInputs {
      lines.append("  made of" + (inputs(of: item.key).isEmpty ? " parameters alone" : ""))
      lines += tree(item.key, depth: 2, step: inputs)
    }
    if showsUsers {
      lines.append("  used by" + (users(of: item.key).isEmpty ? " nobody" : ""))
      lines += tree(item.key, depth: 2, step: users)
    }
    return lines.joined(separator: "\n")
  }

  private typealias Edge = (slot: String, key: Digest)

  private func inputs(of key: Digest) -> [Edge] {
    catalog[key]?.inputs.map { ($0.slot, $0.key) } ?? []
  }

  /// A user, under the name of the slot that this artifact fills.
  private func users(of key: Digest) -> [Edge] {
    catalog.users(of: key).map { user in
      (catalog[user]?.inputs.first { $0.key == key }?.slot ?? "", user)
    }
  }

  private func tree(_ key: Digest, depth: Int, step: (Digest) -> [Edge]) -> [String] {
    step(key).flatMap { edge in
      [String(repeating: "  ", count: depth) + "\(edge.slot): \(label(edge.key))"]
        + tree(edge.key, depth: depth + 1, step: step)
    }
  }

  private func label(_ key: Digest) -> String {
    guard let metadata = catalog[key] else { return "\(key.short) (not in the store)" }
    let length = metadata.length.map { ", \($0) steps" } ?? ""
    let origin = metadata.importMark.map { ", imported from \($0.description)" } ?? ""
    return "\(metadata.kind) \(key.short)\(length)\(origin)"
  }

  func json(_ item: Target.Item) -> Value {
    var record = node(item.key)
    record["name"] = .text(item.name)
    if showsInputs { record["inputs"] = nested(item.key, "inputs", step: inputs) }
    if showsUsers { record["usedBy"] = nested(item.key, "usedBy", step: users) }
    return .record(record)
  }

  private func nested(_ key: Digest, _ name: String, step: (Digest) -> [Edge]) -> Value {
    .list(
      step(key).map { edge in
        var record = node(edge.key)
        record["slot"] = .text(edge.slot)
        record[name] = nested(edge.key, name, step: step)
        return .record(record)
      })
  }

  private func node(_ key: Digest) -> Record {
    let metadata = catalog[key]
    return [
      "key": .text(key.description), "kind": metadata.map { .text($0.kind) } ?? .null,
      "inStore": .boolean(metadata != nil),
      "length": metadata?.length.map(Value.integer) ?? .null,
      "importedFrom": metadata?.provenance[ImportMark.field] ?? .null,
    ]
  }
}
