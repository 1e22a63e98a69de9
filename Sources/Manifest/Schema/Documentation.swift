internal import Values

/// A field with its place in a manifest, as `slmc explain` documents it.
public struct DocumentedField: Sendable {
  /// Dotted, as after `-S`: `system.temperature`.
  public let path: String
  /// The value of `kind` that the field belongs to; nil where it belongs to all.
  public let kind: String?
  public let schema: FieldSchema

  public init(path: String, kind: String? = nil, schema: FieldSchema) {
    self.path = path
    self.kind = kind
    self.schema = schema
  }

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
  /// `kind` as a field, where the group has variants.
  public var kindField: FieldSchema? {
    variants.isEmpty
      ? nil : FieldSchema("kind", .choice(variants.map(\.kind)), "which \(name)")
  }

  /// Every field of every variant, and what is inside fields that are groups themselves.
  ///
  /// - Parameter prefix: the path of the group; empty for the manifest itself.
  public func documentedFields(under prefix: String) -> [DocumentedField] {
    func place(_ name: String) -> String { prefix.isEmpty ? name : "\(prefix).\(name)" }
    func expand(_ field: FieldSchema, kind: String?) -> [DocumentedField] {
      let documented = DocumentedField(path: place(field.name), kind: kind, schema: field)
      let inner = field.type.innerGroup?.documentedFields(under: place(field.name)) ?? []
      return [documented] + inner
    }
    return (kindField.map { expand($0, kind: nil) } ?? [])
      + fields.flatMap { expand($0, kind: nil) }
      + variants.flatMap { variant in variant.fields.flatMap { expand($0, kind: variant.kind) } }
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
