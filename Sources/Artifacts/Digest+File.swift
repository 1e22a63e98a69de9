public import ContentHash
public import FileSystem

extension Digest {
  /// SHA-256 of a regular file, read piece by piece.
  public init(
    ofFile path: Path, limit: Int = .max, links: Path.Links = .followed
  ) throws(SystemError) {
    var hash = SHA256()
    try path.forEachPiece(limit: limit, links: links) { hash.update($0) }
    self = hash.finish()
  }
}
