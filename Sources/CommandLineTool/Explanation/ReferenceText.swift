internal import Manifest
internal import Pipeline

/// The manifest reference as plain text for a terminal.
struct ReferenceText {
  let output: Terminal

  /// One line per thing that can be asked for.
  func list(_ reference: ManifestReference) -> String {
    var blocks: [String] = []
    for section in reference.sections {
      blocks.append(
        output.paint(section.name, .strong) + "  " + section.summary + "\n"
          + rows(section.fields.map { ($0.path, $0.schema.summary) }))
    }
    let kinds = reference.stageKinds.map { ($0.kind, $0.summary) }
    blocks.append(output.paint("stage kinds", .strong) + "\n" + rows(kinds))
    blocks.append("`slmc explain KEY` tells more of each, as in `slmc explain system.temperature`.")
    return blocks.joined(separator: "\n\n")
  }

  func page(_ answer: ManifestReference.Answer) -> String {
    let pages =
      answer.fields.map { page($0.field, in: $0.section) } + answer.sections.map(page)
      + answer.stageKinds.map(page)
    return pages.joined(separator: "\n\n")
  }

  private func page(_ field: DocumentedField, in section: ManifestReference.Section) -> String {
    let isParameter = !section.readers.isEmpty
    var facts = [("type", field.schema.type.description)]
    if field.schema.unit != "1" { facts.append(("unit", field.schema.unit)) }
    facts.append(("default", field.fallback ?? "none, it has to be given"))
    if let condition = field.condition { facts.append(("only with", condition)) }
    if isParameter {
      facts.append(("read by", section.readers.joined(separator: ", ")))
      facts.append(("changing", field.consequence))
      facts.append(("set with", "-S \(field.path)=VALUE"))
    }
    return output.paint(field.path, .strong) + "  " + field.schema.summary + "\n" + rows(facts)
  }

  private func page(_ section: ManifestReference.Section) -> String {
    var lines = [output.paint(section.name, .strong) + "  " + section.summary]
    if !section.readers.isEmpty {
      lines.append("  read by " + section.readers.joined(separator: ", "))
    }
    lines += section.variants.map { "  \($0.selector): \($0.kind)  \($0.summary)" }
    lines.append(rows(section.fields.map { ($0.path, Self.summary(of: $0)) }))
    return lines.joined(separator: "\n")
  }

  private func page(_ kind: StageDeclaration) -> String {
    var lines = [
      output.paint(kind.kind, .strong) + "  " + kind.summary,
      "  version \(kind.version)"
        + (kind.isStochastic ? "; draws random numbers, so the seed is part of its recipe" : ""),
    ]
    if !kind.inputs.isEmpty {
      lines.append("inputs")
      lines.append(rows(kind.inputs.map { ($0.slot, Self.summary(of: $0)) }))
    }
    lines.append("parameters")
    var groups = kind.groups.map { ($0.name, $0.summary) }
    if kind.takesFreeGroups {
      groups.append(("any group", "values are typed as YAML 1.2 types them"))
    }
    lines.append(rows(groups))
    lines.append("datasets of its artifact")
    lines.append(rows(kind.layout.map { ($0.path, Self.summary(of: $0)) }))
    return lines.joined(separator: "\n")
  }

  private func rows(_ rows: [(String, String)]) -> String {
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, text in
      "  " + name + String(repeating: " ", count: width - name.count) + "  " + text
    }.joined(separator: "\n")
  }
}

extension ReferenceText {
  static func summary(of field: DocumentedField) -> String {
    let unit = field.schema.unit == "1" ? "" : " [\(field.schema.unit)]"
    let fallback = field.fallback.map { "default \($0)" } ?? "required"
    let condition = field.condition.map { "; with \($0)" } ?? ""
    return
      "\(field.schema.summary)\(unit) (\(field.schema.type.description); \(fallback)\(condition))"
  }

  static func summary(of input: StageDeclaration.Input) -> String {
    let kinds = input.kinds.isEmpty ? "any kind" : input.kinds.joined(separator: " or ")
    return
      "\(input.summary) (from \(kinds)\(input.isOptional ? "; optional" : "")\(input.isList ? "; one or a list" : ""))"
  }

  static func summary(of dataset: StageDeclaration.Dataset) -> String {
    let unit = dataset.unit == "1" ? "" : " [\(dataset.unit)]"
    return (dataset.shape.isEmpty ? "" : "(\(dataset.shape)) ") + dataset.summary + unit
  }
}
