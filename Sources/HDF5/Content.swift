internal import CHDF5

/// One group, dataset or attribute with its logical content: what a digest is computed from.
///
/// Chunks, compression, string padding and byte order do not show in it.
public struct ContentItem: Sendable, Equatable {
  /// What an item of a file is.
  public enum Kind: String, Sendable {
    case group
    case dataset
    case attribute
  }

  /// Whether it is a group, a dataset or an attribute.
  public let kind: Kind
  /// The path of the group or dataset; for an attribute that of its owner.
  public let path: String
  /// The name of an attribute.
  public let attribute: String?
  /// `float64`, `int64`, `string`, `complex128`, …; nil for a group.
  public let typeName: String?
  /// [] for a scalar and for a group.
  public let shape: [Int]
  /// The elements in little-endian order, last dimension fastest; each string is its length in
  /// bytes as a 64-bit integer and then its UTF-8.
  public let bytes: [UInt8]
}

extension HDF5File {
  /// Visits every group, dataset and attribute: an object, then its attributes, then what is
  /// inside it, names sorted by their UTF-8 bytes.
  ///
  /// - Parameter skipping: gets the path and the attribute's name (nil for an object); true leaves
  ///   it out, with everything below it.
  public func forEachItem(
    skipping: (_ path: String, _ attribute: String?) -> Bool = { _, _ in false },
    _ body: (ContentItem) throws -> Void
  ) throws {
    try visit(.root, skipping: skipping, body)
  }

  private func visit(
    _ path: ObjectPath, skipping: (String, String?) -> Bool, _ body: (ContentItem) throws -> Void
  ) throws {
    guard !skipping(path.description, nil) else { return }
    try requirePlainLink(path)
    let kind = try kind(of: path)
    switch kind {
    case .group: try body(ContentItem(group: path.description))
    case .dataset: try body(try dataset(path).item(.dataset, path.description, nil))
    }
    for attribute in try attributeNames(of: path) where !skipping(path.description, attribute) {
      try body(try open(attribute, of: path).item(.attribute, path.description, attribute))
    }
    guard kind == .group else { return }
    for child in try children(of: path) {
      try visit(path.appending(child), skipping: skipping, body)
    }
  }

  /// An object that a soft link names is content once, where it is; hard links can form a loop, which
  /// shows as depth.
  private func requirePlainLink(_ path: ObjectPath) throws(HDF5Error) {
    guard case .found(let place) = try trail(of: path), place == path else {
      throw .unsupported(object: object(path), reason: "is a soft link")
    }
  }
}

extension ContentItem {
  init(group path: String) {
    self.init(
      kind: .group, path: path, attribute: nil, typeName: nil, shape: [], bytes: [])
  }
}

extension Container {
  func item(
    _ kind: ContentItem.Kind, _ path: String, _ attribute: String?
  ) throws(HDF5Error) -> ContentItem {
    ContentItem(
      kind: kind, path: path, attribute: attribute, typeName: try elementType().description,
      shape: try shape(), bytes: try canonicalBytes())
  }

  private func canonicalBytes() throws(HDF5Error) -> [UInt8] {
    let type = try elementType()
    switch type {
    case .string: return try strings(rows: nil).flatMap(lengthPrefixed)
    case .float, .integer, .complex: return try littleEndian()
    case .other: throw .unsupported(object: object, reason: "elements of type \(type)")
    }
  }
}

private func lengthPrefixed(_ text: String) -> [UInt8] {
  let count = UInt64(text.utf8.count)
  return (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) } + Array(text.utf8)
}
