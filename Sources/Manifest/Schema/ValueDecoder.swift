public import Diagnostics
public import Values
public import YAML

/// Turns located YAML into values of a schema's types, collecting every mistake on the way.
public struct ValueDecoder {
  /// The mistakes that were found.
  public var problems = Diagnostics()

  public init() {}

  /// - Parameter name: the field's dotted name, for messages.
  public mutating func decode(_ node: YAMLNode, as type: FieldType, name: String) -> Value? {
    switch type {
    case .list(let element, let count):
      return list(node, of: element, count: count, type: type, name: name)
    case .record(let group): return decode(node, as: group, name: name).map(Value.record)
    case .either(let types): return either(node, types, type, name: name)
    case .any: return untyped(node)
    default:
      guard let scalar = node.scalar, let value = Self.value(of: scalar, as: type) else {
        return mismatch(node, type, name: name)
      }
      return value
    }
  }

  private mutating func mismatch(_ node: YAMLNode, _ type: FieldType, name: String) -> Value? {
    problems.append(
      .error(
        "`\(name)` is \(node.summary), but must be \(type.description)", at: node.location,
        length: node.length, hint: hint(node, type)))
    return nil
  }

  private func hint(_ node: YAMLNode, _ type: FieldType) -> String? {
    guard case .choice(let names) = type, let text = node.scalar?.text else { return nil }
    return suggestion(for: text, in: names)
  }

  private mutating func list(
    _ node: YAMLNode, of element: FieldType, count: ClosedRange<Int>, type: FieldType, name: String
  ) -> Value? {
    guard let nodes = node.elements, count.contains(nodes.count) else {
      return mismatch(node, type, name: name)
    }
    var values: [Value] = []
    for (index, item) in nodes.enumerated() {
      guard let value = decode(item, as: element, name: "\(name)[\(index)]") else { continue }
      values.append(value)
    }
    return values.count == nodes.count ? .list(values) : nil
  }

  private mutating func either(
    _ node: YAMLNode, _ types: [FieldType], _ type: FieldType, name: String
  ) -> Value? {
    // Whoever writes a group means the one type that is a group: its own mistakes say more.
    let groups = types.filter(\.isRecord)
    if node.entries != nil, let group = groups.first, groups.count == 1 {
      return decode(node, as: group, name: name)
    }
    for candidate in types {
      var attempt = ValueDecoder()
      if let value = attempt.decode(node, as: candidate, name: name), attempt.problems.isEmpty {
        return value
      }
    }
    return mismatch(node, type, name: name)
  }

  /// A group: every field checked, defaults filled in, unknown keys refused with a suggestion.
  public mutating func decode(_ node: YAMLNode, as group: GroupSchema, name: String) -> Record? {
    guard let entries = node.entries else {
      problems.append(
        .error(
          "\(Self.owner(name)) is \(node.summary), but must be a group of fields, NAME: VALUE",
          at: node.location))
      return nil
    }
    guard let fields = fields(of: group, in: node, name: name) else { return nil }
    var record = Record()
    var complete = true
    for entry in entries {
      // Nobody reads more, and a file of nothing but mistakes shall be refused at once.
      guard problems.found.count < YAML.Limits().errors else { return nil }
      guard let key = entry.key.scalar?.text else { continue }
      guard let field = fields.first(where: { $0.name == key }) else {
        refuse(entry.key, key, group: group, fields: fields, name: name)
        complete = false
        continue
      }
      guard let value = decode(entry.value, as: field.type, name: Self.path(name, key)) else {
        complete = false
        continue
      }
      record[key] = value
    }
    for field in fields where record[field.name] == nil && node[field.name] == nil {
      if let fallback = field.fallback {
        record[field.name] = fallback
      } else {
        problems.append(
          .error(
            "\(Self.owner(name)) needs `\(field.name)`: \(field.summary) "
              + "(\(field.type.description))",
            at: node.location))
        complete = false
      }
    }
    return complete ? record : nil
  }

  /// A field's dotted name; the file's own fields have no prefix.
  private static func path(_ name: String, _ key: String) -> String {
    name.isEmpty ? key : "\(name).\(key)"
  }

  private static func owner(_ name: String) -> String {
    name.isEmpty ? "the file" : "`\(name)`"
  }

  /// The fields that apply, the one that names the variant among them where the group has variants.
  private mutating func fields(
    of group: GroupSchema, in node: YAMLNode, name: String
  ) -> [FieldSchema]? {
    guard let selector = group.selectorField else { return group.fields }
    guard let node = node[selector.name] else {
      if group.selector.standard != nil { return group.fields(of: [:]) }
      let kinds = group.variants.map(\.kind).joined(separator: ", ")
      problems.append(
        .error("\(Self.owner(name)) needs `\(selector.name)`: one of \(kinds)", at: node.location))
      return nil
    }
    let chosen = node.scalar.map { Value.text($0.text) } ?? .null
    guard let fields = group.fields(of: [selector.name: chosen]) else {
      _ = mismatch(node, selector.type, name: Self.path(name, selector.name))
      return nil
    }
    return group.selector.standard == nil ? [selector] + fields : fields
  }

  private mutating func refuse(
    _ node: YAMLNode, _ key: String, group: GroupSchema, fields: [FieldSchema], name: String
  ) {
    let owners = group.variants.filter { $0.fields.contains { $0.name == key } }.map(\.kind)
    let hint =
      owners.isEmpty
      ? suggestion(for: key, in: fields.map(\.name))
      : "`\(key)` belongs to \(group.selector.name) " + owners.joined(separator: ", ")
    problems.append(
      .error(
        "unknown key `\(key)`" + (name.isEmpty ? "" : " in `\(name)`"), at: node.location,
        length: node.length, hint: hint))
  }

  /// Types by YAML 1.2's core schema, for groups that no stage kind describes.
  private mutating func untyped(_ node: YAMLNode) -> Value? {
    if let nodes = node.elements { return .list(nodes.compactMap { untyped($0) }) }
    if let entries = node.entries {
      return .record(
        Record(
          entries.compactMap { entry in
            guard let key = entry.key.scalar?.text, let value = untyped(entry.value) else {
              return nil
            }
            return (key, value)
          }))
    }
    guard let scalar = node.scalar else { return .null }
    return Self.coreSchema(scalar)
  }
}
