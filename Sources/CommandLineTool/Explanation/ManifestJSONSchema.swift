internal import Manifest
internal import Pipeline
internal import Values

/// A JSON Schema of the experiment's manifest, from which editors complete and explain.
struct ManifestJSONSchema {
  let registry: StageRegistry
  let reference: ManifestReference

  var schema: Record {
    var schema = ManifestSchema.experiment.jsonSchema()
    var properties = schema["properties"]?.record ?? Record()
    func describe(_ name: String, _ content: Record) {
      var content = content
      content["description"] = properties[name]?["description"] ?? content["description"]
      properties[name] = .record(content)
    }
    describe("stages", named(stage))
    describe("parameters", parameters)
    describe("sweep", sweep)
    describe("figures", named(ManifestSchema.figure.jsonSchema()))
    describe("tables", named(ManifestSchema.table.jsonSchema()))
    describe("gate", ManifestSchema.gate.jsonSchema())
    describe("profiles", named(profile))
    schema["properties"] = .record(properties)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "slmc experiment"
    return schema
  }

  /// A mapping from free names to things of one shape.
  private func named(_ element: Record) -> Record {
    ["type": "object", "additionalProperties": .record(element)]
  }

  private func freely(_ properties: Record) -> Record {
    ["type": "object", "properties": .record(properties)]
  }

  private var stage: Record {
    var stage = ManifestSchema.stage.jsonSchema()
    var properties = stage["properties"]?.record ?? Record()
    var kind = properties["kind"]?.record ?? Record()
    kind["type"] = nil
    kind["enum"] = .list(registry.declarations.map { .text($0.kind) })
    properties["kind"] = .record(kind)
    stage["properties"] = .record(properties)
    return stage
  }

  /// Known groups by name; others are free (`constant` reads any), or are a known group renamed.
  private var parameters: Record {
    var known = Record()
    for group in registry.declarations.flatMap(\.groups) {
      let schema = Value.record(group.jsonSchema(requiring: false))
      guard let earlier = known[group.name], earlier != schema else {
        known[group.name] = schema
        continue
      }
      known[group.name] = .record(["anyOf": .list([earlier, schema])])
    }
    return freely(known)
  }

  private var axes: Record {
    var axes = Record()
    let ranges = Record(
      ManifestSchema.ranges.map { ($0.name, .record($0.jsonSchema())) })
    let range: Record = [
      "type": "object", "properties": .record(ranges), "additionalProperties": .boolean(false),
      "minProperties": .integer(1), "maxProperties": .integer(1),
    ]
    for section in reference.sections where !section.readers.isEmpty {
      for field in section.fields {
        let values: Record = [
          "type": "array", "items": .record(field.schema.type.jsonSchema), "minItems": .integer(1),
        ]
        axes[field.path] = .record([
          "description": .text(field.schema.summary),
          "anyOf": .list([.record(values), .record(range)]),
        ])
      }
    }
    return axes
  }

  private var sweep: Record {
    var sweep = ManifestSchema.sweep.jsonSchema()
    let point: Record = ["type": "array", "items": .record(["type": "object"])]
    let axes = Value.record(freely(axes))
    var properties = sweep["properties"]?.record ?? Record()
    for name in properties.names {
      let content: Record =
        switch name {
        case "product": ["allOf": .list([axes])]
        case "zip":
          [
            "anyOf": .list([
              axes, .record(["type": "array", "items": .record(["type": "object"])]),
            ])
          ]
        default: point
        }
      var described = content
      described["description"] = properties[name]?["description"]
      properties[name] = .record(described)
    }
    sweep["properties"] = .record(properties)
    return sweep
  }

  private var profile: Record {
    var profile = ManifestSchema.profile.jsonSchema()
    var properties = profile["properties"]?.record ?? Record()
    let parameters = reference.sections.filter { !$0.readers.isEmpty }.flatMap(\.fields)
    properties["set"] = .record(
      freely(Record(parameters.map { ($0.path, .record($0.schema.jsonSchema)) })))
    properties["sweep"] = .record(sweep)
    var slurm = ManifestSchema.slurm.jsonSchema()
    var fields = slurm["properties"]?.record ?? Record()
    fields["stages"] = .record(named(ManifestSchema.slurmStage.jsonSchema()))
    slurm["properties"] = .record(fields)
    properties["slurm"] = .record(slurm)
    profile["properties"] = .record(properties)
    return profile
  }
}
