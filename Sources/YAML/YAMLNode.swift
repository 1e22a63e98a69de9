public import Diagnostics

/// A scalar's text, and whether it was written without quotes (only then can it be a number).
public struct YAMLScalar: Sendable, Hashable {
  public let text: String
  public let isPlain: Bool

  public init(text: String, isPlain: Bool) {
    self.text = text
    self.isPlain = isPlain
  }
}

/// A node of a YAML document with its place in the file. Types are the reader's business.
public struct YAMLNode: Sendable {
  public struct Entry: Sendable {
    public let key: YAMLNode
    public let value: YAMLNode

    public init(key: YAMLNode, value: YAMLNode) {
      self.key = key
      self.value = value
    }
  }

  public indirect enum Content: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  public let content: Content
  public let location: SourceLocation

  public init(_ content: Content, at location: SourceLocation) {
    self.content = content
    self.location = location
  }

  public static func scalar(_ text: String, at location: SourceLocation) -> YAMLNode {
    YAMLNode(.scalar(YAMLScalar(text: text, isPlain: true)), at: location)
  }

  public static func mapping(_ entries: [Entry], at location: SourceLocation) -> YAMLNode {
    YAMLNode(.mapping(entries), at: location)
  }

  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  public var elements: [YAMLNode]? {
    if case .sequence(let elements) = content { elements } else { nil }
  }

  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value of a key of a mapping.
  public subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key.scalar?.text == key }?.value
  }

  /// How many columns a caret should underline.
  public var length: Int {
    guard let scalar else { return 1 }
    return max(1, scalar.text.unicodeScalars.prefix { $0 != "\n" }.count + (scalar.isPlain ? 0 : 2))
  }

  /// The node in a few words, for messages.
  public var summary: String {
    switch content {
    case .scalar(let scalar) where scalar.text.isEmpty && scalar.isPlain: "empty"
    case .scalar(let scalar) where scalar.isPlain: "`\(scalar.text.prefix(60))`"
    case .scalar(let scalar): "the text \"\(scalar.text.prefix(60))\""
    case .sequence(let elements): "a list of \(elements.count)"
    case .mapping: "a group"
    }
  }

  /// The same node with the value at a path below it replaced or added.
  public func setting(_ path: some Collection<String>, to value: YAMLNode) -> YAMLNode {
    guard let first = path.first else { return value }
    var entries = entries ?? []
    let rest = path.dropFirst()
    if let place = entries.firstIndex(where: { $0.key.scalar?.text == first }) {
      let old = entries[place]
      entries[place] = Entry(key: old.key, value: old.value.setting(rest, to: value))
    } else {
      let empty = YAMLNode.mapping([], at: value.location)
      entries.append(
        Entry(key: .scalar(first, at: value.location), value: empty.setting(rest, to: value)))
    }
    return .mapping(entries, at: location)
  }
}

extension YAMLNode {
  /// The value on one line, as a person would type it after `-S path=`.
  public var spelling: String {
    switch content {
    case .scalar(let scalar): scalar.text
    case .sequence(let elements): "[" + elements.map(\.spelling).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key.spelling): \($0.value.spelling)" }.joined(separator: ", ") + "}"
    }
  }
}
