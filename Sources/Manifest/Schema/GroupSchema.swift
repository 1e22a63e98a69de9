public import Values

/// A group of parameters (`system`, `model`, `chain`, …), with variants told apart by one of its fields.
public struct GroupSchema: Sendable {
  /// The fields that one variant adds.
  public struct Variant: Sendable {
    /// The value of `kind` that chooses it.
    public let kind: String
    /// What is meant by it, in a line.
    public let summary: String
    /// The fields that it adds.
    public let fields: [FieldSchema]
    /// Raised when the same fields give other results. Above 1 it is part of a stage's identity, so that
    /// a mended sampler, model or measurement makes only its own results again.
    public let version: Int
    /// Values for a first manifest, by group: its own under the group's name, and of other groups what
    /// goes well with it.
    public let example: [String: [String: String]]

    /// What a value of `kind` adds to a group.
    public init(
      _ kind: String, version: Int = 1, _ summary: String, fields: [FieldSchema] = [],
      example: [String: [String: String]] = [:]
    ) {
      self.kind = kind
      self.version = version
      self.summary = summary
      self.fields = fields
      self.example = example
    }
  }

  /// The field that names the variant.
  public struct Selector: Sendable {
    /// As a manifest writes it.
    public let name: String
    /// The variant where the field is left out; nil when it must be given.
    public let standard: String?

    /// The field of that name.
    public init(_ name: String, standard: String? = nil) {
      self.name = name
      self.standard = standard
    }

    /// `kind`, which has to be given.
    public static let kind = Selector("kind")
  }

  /// What the group is beside another group, by the variant of that one: how a system is sampled depends
  /// on which system it is.
  public struct Forms: Sendable {
    /// The group whose variant decides.
    public let group: String
    /// What this group is for each variant of that one.
    public let byVariant: [(variant: String, schema: GroupSchema)]

    /// A group that depends on another one.
    public init(by group: String, _ byVariant: [(variant: String, schema: GroupSchema)]) {
      self.group = group
      self.byVariant = byVariant
    }
  }

  /// As a manifest calls it.
  public let name: String
  /// What it is for, in a line.
  public let summary: String
  /// Fields of every variant.
  public let fields: [FieldSchema]
  /// Told apart by `kind`; none for a group with one set of fields.
  public let variants: [Variant]
  /// The field that names the variant.
  public let selector: Selector
  /// What it depends on; nil for a group that is the same everywhere.
  public let forms: Forms?

  /// A group of parameters.
  public init(
    _ name: String, _ summary: String, fields: [FieldSchema] = [], variants: [Variant] = [],
    selector: Selector = .kind, forms: Forms? = nil
  ) {
    self.name = name
    self.summary = summary
    self.fields = fields
    self.variants = variants
    self.selector = selector
    self.forms = forms
  }
}

extension GroupSchema {
  /// The variant that a record names; nil when there is none of that name.
  public func variant(of record: Record) -> Variant? {
    let name = record[selector.name]?.text ?? selector.standard
    return variants.first { $0.kind == name }
  }

  /// The fields that apply to a record, the selector apart where it must be given; nil when the record
  /// names no variant.
  public func fields(of record: Record) -> [FieldSchema]? {
    guard !variants.isEmpty else { return fields }
    let optional = selector.standard == nil ? [] : [selectorField].compactMap { $0 }
    return variant(of: record).map { optional + fields + $0.fields }
  }

  /// The selector as a field, where the group has variants.
  public var selectorField: FieldSchema? {
    variants.isEmpty
      ? nil
      : FieldSchema(
        selector.name, .choice(variants.map(\.kind)),
        default: selector.standard.map(Value.text), "which \(name)")
  }

  /// The group as it is beside others; `self` where nothing decides, nil where what decides is unknown.
  public func form(beside groups: Record) -> GroupSchema? {
    guard let forms else { return self }
    let decisive = groups[forms.group]?["kind"]?.text
    return forms.byVariant.first { $0.variant == decisive }?.schema
  }

  /// The name of the field that is the chain's length, if there is one.
  public var lengthField: FieldSchema? { fields.first { $0.role == .length } }
}
