public import Values

extension Figure {
  /// The stages whose results are drawn; those of several stand in one table, one after the other.
  public var stages: [String] {
    guard let list = settings["from"]?.list else { return [settings["from"]?.text ?? ""] }
    return list.compactMap(\.text)
  }

  /// Columns that the figure needs, whether the stage's table shows them otherwise or not.
  public var columns: [String] {
    ["x", "y", "group"].compactMap { settings[$0]?.text }.filter { !$0.isEmpty }
      + conditions.names
  }

  /// What a row's columns must hold to be drawn.
  public var conditions: Record { settings["where"]?.record ?? [:] }
}
