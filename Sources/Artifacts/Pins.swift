public import ContentHash
internal import FileSystem

/// A key that gc keeps, and why.
public struct Pin: Sendable, Equatable {
  /// The artifact that is to stay.
  public let key: Digest
  /// Why, in the words of whoever pinned it.
  public let note: String
}

extension Store {
  /// Ascending by key.
  public func pins() throws(StoreError) -> [Pin] {
    try storing {
      try (root / "pins").names().compactMap { name in
        guard let key = Digest(name) else { return nil }
        let note = (try? (root / "pins" / name).readText()) ?? ""
        return Pin(key: key, note: String(note.prefix { $0 != "\n" }))
      }
    }
  }

  /// Pinning again replaces the note.
  public func pin(_ key: Digest, note: String) throws(StoreError) {
    try storing {
      try (root / "pins" / key.description).replace(with: Array((note + "\n").utf8))
    }
  }

  /// Whether it was pinned.
  public func unpin(_ key: Digest) -> Bool { (root / "pins" / key.description).remove() }
}
