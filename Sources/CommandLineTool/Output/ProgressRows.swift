/// Rows of a live view: a name, a bar, a count and what else there is to say, in columns that fit the
/// screen.
struct ProgressRows {
  struct Row {
    let name: String
    let share: Double
    let isTroubled: Bool
    let count: String
    /// The most important first; those that do not fit are left out whole.
    let details: [String]
  }

  var rows: [Row] = []

  func lines(on output: Terminal) -> [String] {
    let width = output.width
    let cells = width >= 100 ? 20 : width >= 70 ? 14 : 8
    let names = rows.map(\.name.count).max() ?? 0
    let counts = rows.map(\.count.count).max() ?? 0
    return rows.map { row in
      let name = row.name + String(repeating: " ", count: names - row.name.count)
      let count = String(repeating: " ", count: counts - row.count.count) + row.count
      let room = width - names - cells - counts - 8
      let details = Self.fitting(row.details, room)
      return "  \(name)  \(Self.bar(row, cells, output))  \(count)"
        + (details.isEmpty ? "" : "  " + details)
    }
  }

  private static func bar(_ row: Row, _ cells: Int, _ output: Terminal) -> String {
    let filled = max(0, min(cells, Int(Double(cells) * row.share)))
    let done = String(repeating: "█", count: filled)
    let open = String(repeating: "░", count: cells - filled)
    return output.paint(done, row.isTroubled ? .bad : .good) + output.paint(open, .faint)
  }

  private static func fitting(_ details: [String], _ room: Int) -> String {
    var text = ""
    for (place, detail) in details.enumerated() {
      let longer = text.isEmpty ? detail : text + ", " + detail
      let needed = visibleLength(of: longer) + (place == details.count - 1 ? 0 : 3)
      guard needed <= room else { return text.isEmpty ? text : text + ", …" }
      text = longer
    }
    return text
  }
}
