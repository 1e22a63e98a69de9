public import Values

/// JSON Schema (draft 2020-12) of manifests' types, for editors. It completes and explains; the
/// program itself judges, so where the two could differ this one is the more lenient.
extension FieldType {
  /// As JSON Schema, for editors.
  public var jsonSchema: Record {
    switch self {
    case .boolean: ["type": "boolean"]
    case .integer(let range): Self.integerSchema(range)
    case .number(let interval): interval.jsonSchema
    case .text: ["type": .list(["string", "number", "boolean"])]
    case .choice(let names): ["enum": .list(names.map(Value.text))]
    case .list(let element, let count): Self.listSchema(element, count)
    case .record(let group): group.jsonSchema()
    case .either(let types): ["anyOf": .list(types.map { .record($0.jsonSchema) })]
    case .any: [:]
    }
  }

  private static func integerSchema(_ range: ClosedRange<Int>) -> Record {
    var record: Record = ["type": "integer"]
    if range.lowerBound > .min { record["minimum"] = .integer(range.lowerBound) }
    if range.upperBound < .max { record["maximum"] = .integer(range.upperBound) }
    return record
  }

  private static func listSchema(_ element: FieldType, _ count: ClosedRange<Int>) -> Record {
    var record: Record = ["type": "array", "items": .record(element.jsonSchema)]
    if count.lowerBound > 0 { record["minItems"] = .integer(count.lowerBound) }
    if count.upperBound < .max { record["maxItems"] = .integer(count.upperBound) }
    return record
  }
}

extension Interval {
  var jsonSchema: Record {
    var record: Record = ["type": "number"]
    if lowest.isFinite { record[includesLowest ? "minimum" : "exclusiveMinimum"] = .number(lowest) }
    if highest.isFinite {
      record[includesHighest ? "maximum" : "exclusiveMaximum"] = .number(highest)
    }
    return record
  }
}

extension FieldSchema {
  /// The type with its description and default.
  public var jsonSchema: Record {
    var record = type.jsonSchema
    let unit = unit == "1" ? "" : " [\(unit)]"
    record["description"] = .text(summary + unit + ": " + type.description)
    if let fallback, fallback != .null { record["default"] = fallback }
    return record
  }
}

extension GroupSchema {
  /// - Parameter requiring: whether missing fields are mistakes; a parameter group may get them
  ///   from the sweep or the command line.
  public func jsonSchema(requiring: Bool = true) -> Record {
    var properties = Record()
    for field in allFields {
      properties[field.name] = .record(Self.merge(properties[field.name]?.record, field.jsonSchema))
    }
    var record: Record = [
      "type": "object", "description": .text(summary), "properties": .record(properties),
      "additionalProperties": .boolean(false),
    ]
    let required = fields.filter { $0.fallback == nil }.map { Value.text($0.name) }
    if requiring && !required.isEmpty { record["required"] = .list(required) }
    if !variants.isEmpty { record["allOf"] = .list(variants.map { .record(rule(for: $0)) }) }
    return record
  }

  private var allFields: [FieldSchema] {
    [selectorField].compactMap { $0 } + fields + variants.flatMap(\.fields)
      + (forms?.byVariant.flatMap(\.schema.allFields) ?? [])
  }

  /// Where two variants have a field of one name, either meaning is allowed.
  private static func merge(_ earlier: Record?, _ later: Record) -> Record {
    guard let earlier, earlier != later else { return later }
    let variants = (earlier["anyOf"]?.list ?? [.record(earlier)]) + [.record(later)]
    return ["anyOf": .list(variants), "description": earlier["description"] ?? .text("")]
  }

  /// Once the variant is named, only its own fields fit.
  private func rule(for variant: Variant) -> Record {
    let names = [selector.name] + (fields + variant.fields).map(\.name)
    return [
      "if": .record([
        "properties": .record([selector.name: .record(["const": .text(variant.kind)])]),
        "required": .list([.text(selector.name)]),
      ]),
      "then": .record(["propertyNames": .record(["enum": .list(names.map(Value.text))])]),
    ]
  }
}
