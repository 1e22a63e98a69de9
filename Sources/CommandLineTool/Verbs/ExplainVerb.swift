internal import Diagnostics
internal import Manifest
internal import Pipeline
internal import Values

enum ExplainVerb: Verb {
  static let declaration = VerbDeclaration(
    "explain", "what a field of a manifest or a stage kind means",
    details: """
      KEY is a path as in the manifest (system.temperature), its last words (temperature), a group
      (system), a part of the manifest (sweep, figures), a stage kind (exact-samples), a system or a
      model (double-exchange, attention). Without KEY all are listed.
      """,
    positionals: [.init("KEY", isRequired: false)],
    options: [
      .json, .init("--json-schema", nil, "a JSON Schema of the manifest, for editors"),
      .init("--markdown", nil, "the manifest reference as Markdown"),
    ],
    examples: [
      "slmc explain system.temperature", "slmc explain exact-samples", "slmc explain attention",
      "slmc explain --json-schema > slmc.schema.json",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let reference = ManifestReference(tool.registry)
    if arguments.has("--json-schema") {
      let schema = ManifestJSONSchema(registry: tool.registry, reference: reference).schema
      tool.output.print(Value.record(schema).json(indented: true))
      return .done
    }
    if arguments.has("--markdown") {
      tool.output.print(ReferenceMarkdown(reference: reference).page)
      return .done
    }
    let answer = try answer(arguments.positionals.first, reference)
    if arguments.has("--json") {
      tool.output.print(json(answer).json())
    } else if arguments.positionals.isEmpty {
      tool.output.print(ReferenceText(output: tool.output).list(reference))
    } else {
      tool.output.print(ReferenceText(output: tool.output).page(answer))
    }
    return .done
  }

  private static func answer(
    _ key: String?, _ reference: ManifestReference
  ) throws(Diagnostics) -> ManifestReference.Answer {
    guard let key else {
      return ManifestReference.Answer(
        fields: [], sections: reference.sections, stageKinds: reference.stageKinds)
    }
    let answer = reference.answer(to: key)
    guard !answer.isEmpty else {
      throw Diagnostics(
        error: "a manifest has no `\(key)`",
        hint: reference.nearestKey(to: key).map { "did you mean `\($0)`?" }
          ?? "`slmc explain` lists everything")
    }
    return answer
  }

  private static func json(_ answer: ManifestReference.Answer) -> Value {
    let sections = answer.sections.flatMap { section in section.fields.map { (section, $0) } }
    return .record([
      "fields": .list((answer.fields + sections).map { json($0.1, in: $0.0) }),
      "stageKinds": .list(answer.stageKinds.map(json)),
    ])
  }

  private static func json(
    _ field: DocumentedField, in section: ManifestReference.Section
  ) -> Value {
    .record([
      "path": .text(field.path), "type": .text(field.schema.type.description),
      "unit": .text(field.schema.unit), "required": .boolean(field.isRequired),
      "default": field.schema.fallback ?? .null,
      "kind": field.conditions.first { $0.name == "kind" }.map { .text($0.value) } ?? .null,
      "conditions": .record(Record(field.conditions.map { ($0.name, .text($0.value)) })),
      "readBy": .list(section.readers.map(Value.text)),
      "summary": .text(field.schema.summary),
    ])
  }

  private static func json(_ kind: StageDeclaration) -> Value {
    .record([
      "kind": .text(kind.kind), "version": .integer(kind.version), "summary": .text(kind.summary),
      "groups": .list(kind.groups.map { .text($0.name) }),
      "takesFreeGroups": .boolean(kind.takesFreeGroups),
      "stochastic": .boolean(kind.isStochastic),
      "inputs": .list(
        kind.inputs.map {
          .record([
            "slot": .text($0.slot), "kinds": .list($0.kinds.map(Value.text)),
            "optional": .boolean($0.isOptional), "list": .boolean($0.isList),
            "summary": .text($0.summary),
          ])
        }),
      "datasets": .list(
        kind.layout.map {
          .record([
            "path": .text($0.path), "shape": .text($0.shape), "unit": .text($0.unit),
            "summary": .text($0.summary),
          ])
        }),
    ])
  }
}
