/// The stage graph as inline SVG: columns from left to right, one box per stage.
struct StageGraphDrawing {
  private let graph: StageGraph
  private let columns: [Int]
  private let rows: [Int]
  private let boxWidth = 176.0
  private let boxHeight = 58.0
  private let gap = (x: 64.0, y: 18.0)

  init(_ graph: StageGraph) {
    self.graph = graph
    columns = graph.columns
    var filled: [Int: Int] = [:]
    rows = columns.map { column in
      defer { filled[column, default: 0] += 1 }
      return filled[column, default: 0]
    }
  }

  var svg: String {
    guard !graph.stages.isEmpty else { return "" }
    let width = Double((columns.max() ?? 0) + 1) * (boxWidth + gap.x) - gap.x + 4
    let height = Double(tallest) * (boxHeight + gap.y) - gap.y + 4
    return """
      <div class="wide"><svg class="graph" width="\(short(width))" height="\(short(height))" \
      viewBox="-2 -2 \(short(width)) \(short(height))" role="img" \
      aria-label="Stages and their inputs">
      \(graph.links.map(edge).joined())\(graph.stages.indices.map(box).joined())</svg></div>

      """
  }

  private var tallest: Int { (rows.max() ?? 0) + 1 }

  /// The upper left corner of a box; short columns are centred.
  private func corner(_ stage: Int) -> (x: Double, y: Double) {
    let count = columns.count { $0 == columns[stage] }
    let offset = Double(tallest - count) / 2
    return (
      Double(columns[stage]) * (boxWidth + gap.x),
      (Double(rows[stage]) + offset) * (boxHeight + gap.y)
    )
  }

  private func edge(_ link: (from: Int, to: Int)) -> String {
    let (from, to) = (corner(link.from), corner(link.to))
    let start = (x: from.x + boxWidth, y: from.y + boxHeight / 2)
    let end = (x: to.x, y: to.y + boxHeight / 2)
    let bend = max(gap.x, end.x - start.x) / 2
    return """
      <path class="edge" d="M\(short(start.x)) \(short(start.y))C\(short(start.x + bend)) \
      \(short(start.y)) \(short(end.x - bend)) \(short(end.y)) \
      \(short(end.x - 6)) \(short(end.y))"/>\
      <path class="tip" d="M\(short(end.x - 8)) \(short(end.y - 4))l8 4l-8 4z"/>

      """
  }

  private func box(_ index: Int) -> String {
    let stage = graph.stages[index]
    let (x, y) = corner(index)
    let total = stage.counts.values.reduce(0, +)
    let states = StageGraph.State.allCases.filter { (stage.counts[$0] ?? 0) > 0 }
    let summary = states.map { "\(stage.counts[$0] ?? 0) \($0.rawValue)" }.joined(separator: ", ")
    var left = x
    let bars = states.map { state in
      let width = boxWidth * Double(stage.counts[state] ?? 0) / Double(max(total, 1))
      defer { left += width }
      return """
        <rect class="state-\(state.rawValue)" x="\(short(left))" y="\(short(y + boxHeight - 5))" \
        width="\(short(width))" height="5"/>
        """
    }
    return """
      <g><title>\(Escaping.markup("\(stage.name) (\(stage.kind)): \(summary)"))</title>\
      <rect class="box" x="\(short(x))" y="\(short(y))" width="\(short(boxWidth))" \
      height="\(short(boxHeight))"/>\(bars.joined())\
      <text x="\(short(x + 12))" y="\(short(y + 22))" class="name">\
      \(Escaping.markup(shortened(stage.name, to: 20)))</text>\
      <text x="\(short(x + 12))" y="\(short(y + 41))" class="note">\
      \(Escaping.markup(shortened(summary.isEmpty ? stage.kind : summary, to: 28)))</text></g>

      """
  }
}

/// A coordinate with at most one decimal, which is finer than any screen.
func short(_ x: Double) -> String {
  let tenths = (x * 10).rounded()
  guard tenths.isFinite, abs(tenths) < 1e9 else { return "0" }
  let whole = Int(tenths)
  return whole % 10 == 0
    ? String(whole / 10) : (whole < 0 ? "-" : "") + "\(abs(whole) / 10).\(abs(whole) % 10)"
}
