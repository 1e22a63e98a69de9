public import Diagnostics
public import Values
public import YAML

extension YAMLNode {
  /// A scalar, and whether it was written without quotes: only then can it be a number.
  var scalar: (text: String, isPlain: Bool)? {
    text.map { ($0, style == .plain) }
  }

  /// How many columns a caret should underline.
  var length: Int { underline }

  /// The node in a few words, for messages.
  var summary: String {
    switch content {
    case .scalar(let text, .plain): text.isEmpty ? "empty" : "`\(text.prefix(60))`"
    case .scalar(let text, _): "the text \"\(text.prefix(60))\""
    case .sequence(let elements): "a list of \(elements.count)"
    case .mapping: "a group"
    }
  }

  /// The value on one line, as a person would type it after `-S path=`.
  public var spelling: String {
    switch content {
    case .scalar(let text, _): text
    case .sequence(let elements): "[" + elements.map(\.spelling).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.name): \($0.value.spelling)" }.joined(separator: ", ") + "}"
    }
  }

  /// The value as points of sweeps are compared: 2, 2.0 and 2e0 are equal.
  public var comparable: Value {
    var decoder = ValueDecoder()
    let value = decoder.decode(self, as: .any, name: "") ?? .null
    return value.number.map(Value.number) ?? value
  }

  /// A plain scalar that stands where another text is, such as one value of a range.
  static func scalar(_ text: String, at location: SourceLocation) -> YAMLNode {
    YAMLNode(
      .scalar(text, style: .plain), file: location.file, line: location.line,
      column: location.column)
  }

  /// A mapping that no file holds, to be blamed on a place of one.
  public static func mapping(_ entries: [Entry], at location: SourceLocation) -> YAMLNode {
    YAMLNode(
      .mapping(entries), file: location.file, line: location.line, column: location.column)
  }

  /// The same node with the value at a path below it replaced or added.
  public func setting(_ path: some Collection<String>, to value: YAMLNode) -> YAMLNode {
    guard let first = path.first else { return value }
    var entries = entries ?? []
    let rest = path.dropFirst()
    if let place = entries.firstIndex(where: { $0.name == first }) {
      entries[place].value = entries[place].value.setting(rest, to: value)
    } else {
      let empty = YAMLNode.mapping([], at: value.location)
      entries.append(
        Entry(key: .scalar(first, at: value.location), value: empty.setting(rest, to: value)))
    }
    var changed = self
    changed.content = .mapping(entries)
    return changed
  }
}
