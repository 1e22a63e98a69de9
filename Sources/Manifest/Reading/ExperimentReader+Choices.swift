internal import Diagnostics
internal import Values
internal import YAML

extension ExperimentReader {
  /// What a part of the manifest declares by name: its figures, its tables.
  mutating func choices<Choice: ResultChoice>(
    _ node: YAMLNode?, as schema: GroupSchema, under part: String
  ) -> [Choice] {
    (node?.entries ?? []).compactMap { entry in
      guard let name = entry.key.scalar?.text else { return nil }
      var decoder = ValueDecoder()
      let settings = decoder.decode(entry.value, as: schema, name: "\(part).\(name)")
      problems.append(contentsOf: decoder.problems)
      let places = (entry.value.entries ?? []).compactMap { setting in
        setting.key.scalar.map { ($0.text, setting.value.location) }
      }
      return settings.map {
        Choice(
          name: name, settings: $0, location: entry.key.location,
          places: Dictionary(places) { first, _ in first })
      }
    }
  }
}
