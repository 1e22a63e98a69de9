internal import Artifacts
internal import Manifest
internal import Values

extension StageDeclaration {
  /// The groups with what decides something: a field at its default, also one of another variant, says
  /// nothing.
  func withoutDefaults(_ parameters: Record) -> Record {
    Record(
      parameters.elements.map { name, value in
        guard let group = value.record, let declared = groups.first(where: { $0.name == name }),
          let schema = declared.form(beside: parameters)
        else { return (name, value) }
        let fields = schema.identityFields(of: group)
        let telling = group.elements.filter { entry in
          !fields.contains { $0.name == entry.0 && $0.fallback == entry.1 }
        }
        return (name, .record(Record(telling)))
      })
  }

  /// Groups whose parameters are the same and whose variant has been mended since.
  func mendedVariants(of before: ArtifactMetadata, now recipe: Recipe, _ now: Record) -> [String] {
    guard let recorded = before.groups else { return [] }
    let (old, new) = (withoutDefaults(before.parameters), withoutDefaults(now))
    return recipe.groups.compactMap { name, digest in
      guard old[name] == new[name], recorded.first(where: { $0.name == name })?.digest != digest,
        let schema = groups.first(where: { $0.name == name })?.form(beside: now),
        let variant = schema.variant(of: now[name]?.record ?? [:]), variant.version > 1
      else { return nil }
      return "`\(variant.kind)` of \(name) is of version \(variant.version) now"
    }
  }
}
