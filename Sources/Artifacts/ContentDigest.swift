public import ContentHash
public import FileSystem

/// The logical digest of an artifact's HDF5 content.
public enum ContentDigest {
  public static func of(_ path: Path) throws -> Digest { Digest(of: try path.read()) }
}
