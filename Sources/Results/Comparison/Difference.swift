package import Artifacts
internal import Reporting
package import Statistics

/// Two artifacts side by side: what went in first, then what came out.
package struct Difference {
  package let name: String
  package let changes: [Change]
  package let isSameContent: Bool
  package let results: [ObservableComparison.Entry]

  /// An artifact with the store that it lies in.
  package struct Side {
    let metadata: ArtifactMetadata
    let catalog: Catalog
    let store: Store

    package init(metadata: ArtifactMetadata, catalog: Catalog, store: Store) {
      self.metadata = metadata
      self.catalog = catalog
      self.store = store
    }

    func readings() throws -> [ResultReader.Reading] {
      try ResultReader(store: store).readings(of: metadata.key, entries: .all)
    }
  }

  /// Compares pairs of artifacts; one level of significance holds for all of their results together.
  package static func between(_ pairs: [(name: String, first: Side, second: Side)]) throws -> [Self]
  {
    var observables: [ObservableComparison.Pair] = []
    var places: [Range<Int>] = []
    for pair in pairs {
      let start = observables.count
      observables += ObservableComparison.Pair.all(
        of: pair.name, try pair.first.readings(), try pair.second.readings())
      places.append(start..<observables.count)
    }
    let entries = try ObservableComparison(observables).entries
    return zip(pairs, places).map { pair, place in
      let (first, second) = (pair.first, pair.second)
      return Difference(
        name: pair.name,
        changes: Change.between(first.metadata, first.catalog, second.metadata, second.catalog),
        isSameContent: first.metadata.content == second.metadata.content,
        results: Array(entries[place]))
    }
  }

  /// The gravest of its results; nil where there is nothing to compare.
  package var verdict: ComparisonVerdict? {
    isSameContent ? .identical : ObservableComparison.gravest(results.compactMap(\.verdict))
  }
}
