public import ContentHash
public import FileSystem
internal import HDF5
internal import Values

/// The logical digest of an artifact: paths, types, shapes, values and attributes, never how they are
/// stored. Durations and diagnostics differ between equal results and are left out.
public enum ContentDigest {
  /// Groups that are not part of the content.
  public static let excluded: Set<String> = ["/timing", "/diagnostics"]

  /// Attributes of the root that say how the content came about: equal results of other parameters,
  /// or of a mended stage, are equal.
  public static let excludedOfRoot: Set<String> = ["parameters", "schema"]

  /// The attribute that says how physicists write a number: what a number is called is not content.
  public static let symbolAttribute = "symbol"

  /// The digest of an HDF5 file.
  public static func of(_ path: Path) throws -> Digest {
    try of(HDF5File(opening: path.description))
  }

  /// The pre-image is a sequence of canonical values per item; see docs/hashing.md.
  static func of(_ file: HDF5File) throws -> Digest {
    var hash = SHA256()
    var encoder = CanonicalEncoder()
    encoder.append("slmc-content/1")
    hash.update(encoder.bytes)
    try file.forEachItem(skipping: isLeftOut) { item in
      encoder.removeAll()
      encoder.append(item.kind.rawValue)
      encoder.append(item.path)
      encoder.append(item.attribute.map(Value.text) ?? .null)
      encoder.append(item.typeName.map(Value.text) ?? .null)
      encoder.append(.list(item.shape.map(Value.integer)))
      encoder.append(block: item.bytes)
      hash.update(encoder.bytes)
    }
    return hash.finish()
  }

  private static func isLeftOut(_ path: String, _ attribute: String?) -> Bool {
    excluded.contains(path) || attribute == symbolAttribute
      || (path == "/" && attribute.map(excludedOfRoot.contains) ?? false)
  }
}
