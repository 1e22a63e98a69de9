internal import Manifest
internal import Reporting

/// How the values of a figure's group are called in its legend: as the manifest says, else as they
/// are, without what a legend has no room for and nothing needs to be told apart by.
struct SeriesNames {
  private let figure: Figure
  private let all: Set<String>

  /// A legend has room for this many characters.
  private static let room = 28

  init(_ groups: [ResultTable.Cell], of figure: Figure) {
    self.figure = figure
    all = Set(groups.map(\.plainText))
  }

  func name(of group: ResultTable.Cell) -> String {
    let text = group.plainText
    if let given = figure.givenName(of: text) { return given }
    guard text.count > Self.room else { return text }
    // `attention, layers 1, smearingShells 5` from its end on.
    let ends = text.indices.filter { text[$0] == "," }.reversed()
    let shorter = ends.map { String(text[..<$0]) }.filter { beginning in
      !all.contains { $0 != text && $0.hasPrefix(beginning) }
    }
    return shorter.first { $0.count <= Self.room } ?? shorter.last ?? text
  }
}
