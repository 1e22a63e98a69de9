internal import Artifacts
internal import ContentHash
internal import FileSystem

/// Which experiments planned an artifact, by the notes that runs leave in the store.
struct UsageBook {
  private var experiments: [Digest: [String]] = [:]

  init(_ store: Store) {
    let folder = store.root / "history"
    for name in (try? folder.names()) ?? [] {
      let text = (try? (folder / name).readText()) ?? ""
      for line in text.split(separator: "\n") {
        guard let key = Digest(line.prefix { $0 != " " }) else { continue }
        experiments[key, default: []].append(name)
      }
    }
  }

  /// All keys that any experiment ever planned here.
  var keys: Set<Digest> { Set(experiments.keys) }

  /// Ascending by name, each once.
  func experiments(using key: Digest) -> [String] {
    Set(experiments[key] ?? []).sorted()
  }
}
