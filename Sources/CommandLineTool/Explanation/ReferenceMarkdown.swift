internal import Manifest
internal import Pipeline

/// The manifest reference as one Markdown page; docs/manifest.md is this.
struct ReferenceMarkdown {
  let reference: ManifestReference

  var page: String {
    let introduction = """
      # Manifest reference

      Written by `slmc explain --markdown` from the schemas that read manifests; do not edit.

      Types come from the schema: `1e-3` is a number and `no` is a text where a text is due. Unknown
      keys are mistakes. Parameters can be set on the command line with `-S path=value`.
      """
    let parts =
      [introduction] + reference.sections.map(section)
      + ["## Stage kinds"] + reference.stageKinds.map(kind)
    return parts.joined(separator: "\n\n")
  }

  private func section(_ section: ManifestReference.Section) -> String {
    var parts = ["## \(section.title)", section.summary]
    if !section.readers.isEmpty {
      let readers = section.readers.map { "[`\($0)`](#\($0))" }.joined(separator: ", ")
      parts.append("Read by \(readers).")
    }
    if !section.variants.isEmpty {
      parts.append(
        section.variants.map { "- `\($0.selector): \($0.kind)`: \($0.summary)" }.joined(
          separator: "\n"))
    }
    let rows = section.fields.map { field in
      [
        "`\(field.path)`", field.schema.type.description,
        field.schema.unit == "1" ? "" : field.schema.unit,
        field.fallback.map { "`\($0)`" } ?? "required",
        field.schema.summary + (field.condition.map { " (`\($0)`)" } ?? "")
          + (field.schema.role == .identity ? "" : "; \(field.consequence)"),
      ]
    }
    parts.append(table(["field", "type", "unit", "default", "meaning"], rows))
    return parts.joined(separator: "\n\n")
  }

  private func kind(_ kind: StageDeclaration) -> String {
    var parts = ["### \(kind.kind)", "\(kind.summary) Version \(kind.version)."]
    if !kind.inputs.isEmpty {
      parts.append(
        table(
          ["input", "meaning"], kind.inputs.map { ["`\($0.slot)`", ReferenceText.summary(of: $0)] })
      )
    }
    let groups = kind.groups.map { "`\($0.name)`" } + (kind.takesFreeGroups ? ["any group"] : [])
    if !groups.isEmpty { parts.append("Reads " + groups.joined(separator: ", ") + ".") }
    let rows = kind.layout.map { ["`\($0.path)`", $0.shape, $0.unit, $0.summary] }
    parts.append(table(["dataset", "shape", "unit", "meaning"], rows))
    return parts.joined(separator: "\n\n")
  }

  private func table(_ names: [String], _ rows: [[String]]) -> String {
    let lines = [names, names.map { _ in "---" }] + rows.map { $0.map(Self.escaped) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }

  /// A bar would end the cell, also inside code.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += $1 == "|" ? "\\|" : String($1) }
  }
}
