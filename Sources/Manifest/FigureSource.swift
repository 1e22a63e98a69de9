public import Values

extension Figure {
  /// The stages it is drawn from.
  public var sources: [String] { names("from") }
  /// The results or datasets that it shows.
  public var quantities: [String] { names("y") }
  /// What a point must hold to be drawn.
  public var conditions: Record { settings["where"]?.record ?? [:] }
  /// The parameter or result along the horizontal axis.
  public var x: String { settings["x"]?.text ?? "" }
  /// The parameter that tells the series apart, if any.
  public var group: String? { settings["group"]?.text.flatMap { $0.isEmpty ? nil : $0 } }

  /// Columns that the figure needs, whether the stage's table shows them otherwise or not.
  public var columns: [String] {
    ([x] + quantities + [group].compactMap { $0 } + conditions.names).filter { !$0.isEmpty }
  }

  private func names(_ setting: String) -> [String] {
    let value = settings[setting]
    return value?.list?.compactMap(\.text) ?? value?.text.map { [$0] } ?? []
  }
}
