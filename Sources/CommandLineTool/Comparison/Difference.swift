internal import Artifacts
internal import ContentHash
internal import Reporting
internal import Statistics
internal import Values

/// Two artifacts side by side: what went in first, then what came out.
struct Difference {
  let name: String
  let changes: [Change]
  let isSameContent: Bool
  let results: [Entry]

  /// A result of both sides.
  struct Entry {
    let name: String
    let first: ResultReader.Reading
    let second: ResultReader.Reading
    /// nil where an error is missing and the numbers differ: nothing can be said.
    var comparison: ResultComparison.Entry?
    var isIdentical: Bool {
      first.value.value == second.value.value && first.value.error == second.value.error
    }

    var verdict: ComparisonVerdict? {
      if isIdentical { return .identical }
      return comparison?.verdict ?? (isRounding ? .consistent : nil)
    }

    /// Constants, such as a density fixed by symmetry, differ in their last digits.
    private var isRounding: Bool {
      let (a, b) = (first.value.value, second.value.value)
      return abs(a - b) <= 1e-12 * max(abs(a), abs(b))
    }
  }

  init(
    _ name: String, _ first: Side, _ second: Side
  ) throws {
    self.name = name
    changes = Change.between(first.metadata, first.catalog, second.metadata, second.catalog)
    isSameContent = first.metadata.content == second.metadata.content
    results = try Self.compare(first.readings(), second.readings())
  }

  /// An artifact with the store that it lies in.
  struct Side {
    let metadata: ArtifactMetadata
    let catalog: Catalog
    let store: Store

    func readings() throws -> [ResultReader.Reading] {
      try ResultReader(store: store).readings(of: metadata.key)
    }
  }

  private static func compare(
    _ first: [ResultReader.Reading], _ second: [ResultReader.Reading]
  ) throws -> [Entry] {
    var entries = first.compactMap { reading in
      second.first { $0.name == reading.name }.map {
        Entry(name: reading.name, first: reading, second: $0, comparison: nil)
      }
    }
    // Numbers without a statistical error (a fixed length, a prediction) have no z-score.
    let places = entries.indices.filter {
      entries[$0].first.value.error != nil && entries[$0].second.value.error != nil
        && !(entries[$0].first.value.error == 0 && entries[$0].second.value.error == 0)
    }
    let comparison = try ResultComparison(
      places.map {
        .init(entries[$0].name, entries[$0].first.measurement, entries[$0].second.measurement)
      })
    for (place, result) in zip(places, comparison.entries) { entries[place].comparison = result }
    return entries
  }
}

extension ResultReader.Reading {
  fileprivate var measurement: Measurement {
    Measurement(
      mean: value.value, error: value.error ?? .nan, isConverged: value.isConverged ?? true)
  }
}

extension Difference {
  /// The gravest of its results; nil where there is nothing to compare.
  var verdict: ComparisonVerdict? {
    if isSameContent { return .identical }
    let verdicts = results.compactMap(\.verdict)
    return ComparisonVerdict.gravestFirst.first { verdicts.contains($0) }
  }
}

extension ComparisonVerdict {
  static let gravestFirst: [Self] = [.inconsistent, .underpowered, .consistent, .identical]
}
