public import Diagnostics

/// Reads YAML 1.2 into a located tree.
///
/// A manifest is data that people write and review: one document, text keys, each key once, no
/// tags (types come from the schema), aliases only as far as they stay small. Everything else is
/// an error with a place.
public enum YAML {
  /// What bounds the work that a small but hostile text can ask for.
  public struct Limits: Sendable {
    /// How deep sequences and mappings may nest.
    public var depth = 64
    /// How many nodes aliases may add to those that are written out.
    public var aliasedNodes = 100_000
    /// How many mistakes are worth reading.
    public var errors = 50

    public init() {}
  }

  /// The root of the document, or everything that is wrong with the text, lines quoted.
  public static func parse(
    text: String, file: String, limits: Limits = Limits()
  ) throws(Diagnostics) -> YAMLNode {
    try parse(bytes: Array(text.utf8), file: file, limits: limits)
  }

  /// The same for the bytes of a file, of which nothing is assumed.
  public static func parse(
    bytes: [UInt8], file: String, limits: Limits = Limits()
  ) throws(Diagnostics) -> YAMLNode {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    if let fault = findForeignCharacter(in: bytes) {
      let found: Diagnostic = .error(
        fault.message, at: fault.position.location(in: file),
        hint: "YAML files are UTF-8 text without control characters")
      throw Diagnostics([found]).quoting(SourceText(file: file, bytes: bytes))
    }
    var builder = TreeBuilder(file: file, limits: limits)
    builder.build(from: bytes)
    guard let root = builder.root, !builder.diagnostics.hasErrors else {
      throw builder.diagnostics.quoting(SourceText(file: file, bytes: bytes))
    }
    return root
  }
}
