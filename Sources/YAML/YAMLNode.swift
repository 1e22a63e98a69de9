public import Diagnostics

/// A node of a YAML document with its place in the text. Scalars stay text: what a number or a
/// truth value is, the schema decides, never the spelling.
public struct YAMLNode: Sendable, Hashable {
  /// How a scalar was written.
  public enum Style: Sendable, Hashable {
    /// Without quotation marks; an empty plain scalar is the YAML null.
    case plain
    /// In single or double quotation marks.
    case quoted
    /// A literal (`|`) or folded (`>`) block.
    case block
  }

  /// What a node holds.
  public enum Content: Sendable, Hashable {
    case scalar(String, style: Style)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key, always a scalar and unique in its mapping, and its value, in the order of the text.
  public struct Entry: Sendable, Hashable {
    /// What stands before the colon.
    public var key: YAMLNode
    /// What stands behind it.
    public var value: YAMLNode

    /// One entry of a mapping.
    public init(key: YAMLNode, value: YAMLNode) {
      self.key = key
      self.value = value
    }

    /// The text of the key.
    public var name: String { key.text ?? "" }
  }

  /// What it holds.
  public var content: Content
  /// The file as the user named it.
  public var file: String
  /// Where the first and just behind the last character stand.
  package var start: Position
  package var stop: Position

  /// Where it begins.
  public var location: SourceLocation { start.location(in: file) }
  /// Where it ends.
  public var end: SourceLocation { stop.location(in: file) }

  /// A node that stands in no text, say from the command line, may name its origin as its file.
  public init(_ content: Content, file: String, line: Int = 1, column: Int = 1) {
    let place = Position(line: line, column: column)
    self.init(content, file: file, start: place, stop: place)
  }

  package init(_ content: Content, file: String, start: Position, stop: Position) {
    self.content = content
    self.file = file
    self.start = start
    self.stop = stop
  }
}

extension YAMLNode {
  /// The text of a scalar, nil for anything else.
  public var text: String? {
    if case .scalar(let text, _) = content { text } else { nil }
  }

  /// How a scalar was written, nil for anything else.
  public var style: Style? {
    if case .scalar(_, let style) = content { style } else { nil }
  }

  /// Whether nothing was written, or a plain `~` or `null`.
  public var isNull: Bool {
    guard case .scalar(let text, .plain) = content else { return false }
    return text.isEmpty || text == "~" || text == "null" || text == "Null" || text == "NULL"
  }

  /// The nodes of a sequence; nil for anything else.
  public var elements: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  /// The entries of a mapping; nil for anything else.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value under a key of a mapping.
  public subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key.text == key }?.value
  }

  /// How many columns to underline when complaining about this node.
  public var underline: Int {
    start.line == stop.line ? max(1, stop.column - start.column) : 1
  }

  /// An error at this node; `Diagnostics.quoting(_:)` adds the line.
  public func error(_ message: String, hint: String? = nil) -> Diagnostic {
    .error(message, at: location, length: underline, hint: hint)
  }

  /// What to call it in a message: "text", "a list", "a mapping" or "nothing".
  public var kindName: String {
    switch content {
    case .scalar: isNull ? "nothing" : "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A line and a column, both from 1, without the name of the file.
package struct Position: Sendable, Hashable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  func location(in file: String) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column)
  }
}
