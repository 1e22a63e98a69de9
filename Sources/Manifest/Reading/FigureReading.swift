internal import Diagnostics
internal import Values
internal import YAML

extension ExperimentReader {
  mutating func figures(_ node: YAMLNode?) -> [Figure] {
    (node?.entries ?? []).compactMap { entry in
      guard let name = entry.key.scalar?.text else { return nil }
      var decoder = ValueDecoder()
      let settings = decoder.decode(
        entry.value, as: ManifestSchema.figure, name: "figures.\(name)")
      problems.append(contentsOf: decoder.problems)
      let places = (entry.value.entries ?? []).compactMap { setting in
        setting.key.scalar.map { ($0.text, setting.value.location) }
      }
      return settings.map {
        Figure(
          name: name, settings: $0, location: entry.key.location,
          places: Dictionary(places) { first, _ in first })
      }
    }
  }
}
