internal import Values

/// A field with its place in a manifest, as `slmc explain` documents it.
public struct DocumentedField: Sendable {
  /// Dotted, as after `-S`: `system.temperature`.
  public let path: String
  /// Its type, unit, default and meaning.
  public let schema: FieldSchema
  /// What must be chosen for the field to be there, as in ("kind", "attention"); empty where it always is.
  public private(set) var conditions: [(name: String, value: String)] = []

  /// A field at its place.
  public init(path: String, schema: FieldSchema) {
    self.path = path
    self.schema = schema
  }

  func only(with name: String, _ value: String) -> DocumentedField {
    var restricted = self
    restricted.conditions.insert((name, value), at: 0)
    return restricted
  }

  /// The conditions in words; nil where there are none.
  public var condition: String? {
    conditions.isEmpty
      ? nil : conditions.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
  }

  /// Whether one of the conditions is that choice.
  public func belongs(to choice: String) -> Bool { conditions.contains { $0.value == choice } }

  /// Whether a manifest has to give it.
  public var isRequired: Bool { schema.fallback == nil }

  /// The default as a person would write it; nil for a field that has to be given.
  public var fallback: String? {
    guard let fallback = schema.fallback else { return nil }
    if fallback == .null || fallback == .text("") { return "nothing" }
    return fallback.spelling
  }

  /// What another value means for what is cached.
  public var consequence: String {
    switch schema.role {
    case .identity: "another value is another result"
    case .length: "more extends the cached chain, less is its beginning"
    case .goal: "decides where the chain ends, never what it is"
    case .execution: "never changes the result"
    case .files: "the contents of the files decide, not their times"
    }
  }
}

extension GroupSchema {
  /// Every field of every variant and form, and what is inside fields that are groups themselves.
  ///
  /// - Parameter prefix: the path of the group; empty for the manifest itself.
  public func documentedFields(under prefix: String) -> [DocumentedField] {
    let common = documented(fields, under: prefix)
    guard let forms else {
      return documented([selectorField].compactMap { $0 }, under: prefix) + common
        + variants.flatMap { variant in
          documented(variant.fields, under: prefix).map {
            $0.only(with: selector.name, variant.kind)
          }
        }
    }
    let shared = Set(fields.map(\.name))
    return common
      + forms.byVariant.flatMap { variant, schema in
        schema.without(shared).documentedFields(under: prefix)
          .map { $0.only(with: "\(forms.group).kind", variant) }
      }
  }

  private func without(_ names: Set<String>) -> GroupSchema {
    GroupSchema(
      name, summary, fields: fields.filter { !names.contains($0.name) }, variants: variants,
      selector: selector)
  }

  private func documented(_ fields: [FieldSchema], under prefix: String) -> [DocumentedField] {
    fields.flatMap { field in
      let path = prefix.isEmpty ? field.name : "\(prefix).\(field.name)"
      return [DocumentedField(path: path, schema: field)]
        + (field.type.innerGroup?.documentedFields(under: path) ?? [])
    }
  }
}

extension FieldType {
  /// The group that this type holds, directly or as the elements of a list.
  var innerGroup: GroupSchema? {
    switch self {
    case .record(let group): group
    case .list(let element, _): element.innerGroup
    case .either(let types): types.lazy.compactMap(\.innerGroup).first
    default: nil
    }
  }
}
