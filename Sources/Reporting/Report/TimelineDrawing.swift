/// When each lane was busy, as inline SVG. However many jobs there were, a lane has at most
/// `mostBars` bars: neighbours that no screen could tell apart are joined.
struct TimelineDrawing {
  private let bars: [ExecutionRecord.Bar]
  private let duration: Double
  private let labelWidth = 150.0
  private let width = 900.0
  private let rowHeight = 24.0
  /// The limits that keep the report small.
  private static let mostBars = 250
  private static let mostLanes = 40

  init(_ bars: [ExecutionRecord.Bar]) {
    self.bars = bars.filter { $0.start.isFinite && $0.end.isFinite && $0.end >= $0.start }
    duration = max(self.bars.map(\.end).max() ?? 0, 1e-3)
  }

  var svg: String {
    guard !bars.isEmpty else { return "" }
    let lanes = Self.distinct(bars.map(\.lane))
    let shown = lanes.prefix(Self.mostLanes)
    let height = Double(shown.count) * rowHeight + 26
    var text = """
      <div class="wide"><svg class="timeline" viewBox="0 0 \(short(width)) \(short(height))" \
      role="img" aria-label="Timeline of the run">

      """
    text += axis(bottom: Double(shown.count) * rowHeight)
    for (row, lane) in shown.enumerated() { text += drawn(lane, row: row) }
    text += "</svg></div>\n"
    if lanes.count > shown.count {
      text += "<p class=\"note\">\(lanes.count - shown.count) more lanes are not shown.</p>\n"
    }
    return text
  }

  private func drawn(_ lane: String, row: Int) -> String {
    let y = Double(row) * rowHeight
    let label = """
      <text x="\(short(labelWidth - 10))" y="\(short(y + 16))" text-anchor="end" class="name">\
      \(Escaping.markup(shortened(lane, to: 20)))</text>
      """
    return label
      + joined(bars.filter { $0.lane == lane }).map { bar in
        let left = place(bar.start)
        let length = max(place(bar.end) - left, 1)
        return """
          <rect class="state-\(bar.state.rawValue)" x="\(short(left))" y="\(short(y + 4))" \
          width="\(short(length))" height="\(short(rowHeight - 8))" rx="1.5"><title>\
          \(Escaping.markup(shortened(bar.label, to: 60))), \(seconds(bar.end - bar.start))</title>\
          </rect>

          """
      }.joined()
  }

  private func joined(_ lane: [ExecutionRecord.Bar]) -> [ExecutionRecord.Bar] {
    let sorted = stablySorted(lane) { $0.start < $1.start }
    guard sorted.count > Self.mostBars else { return sorted }
    let slot = duration / Double(Self.mostBars)
    var result: [ExecutionRecord.Bar] = []
    var count = 1
    for bar in sorted {
      if var last = result.last, last.state == bar.state, bar.end - last.start < slot {
        count += 1
        last.end = max(last.end, bar.end)
        last.label = "\(count) jobs"
        result[result.count - 1] = last
      } else {
        count = 1
        result.append(bar)
      }
    }
    return Array(result.prefix(2 * Self.mostBars))
  }

  private func axis(bottom: Double) -> String {
    let unit = timeUnit(for: duration)
    let step = niceStep(for: duration / unit.length, about: 6) * unit.length
    return (0...Int(duration / step)).map { index in
      let time = Double(index) * step
      let x = short(place(time))
      return """
        <path class="grid" d="M\(x) 0V\(short(bottom))"/><text class="note" x="\(x)" \
        y="\(short(bottom + 18))" text-anchor="middle">\(seconds(time, unit))</text>

        """
    }.joined()
  }

  private func place(_ time: Double) -> Double {
    labelWidth + (width - labelWidth - 30) * time / duration
  }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}

/// The unit in which durations up to the given one are read best.
private func timeUnit(for time: Double) -> (length: Double, name: String) {
  time < 120 ? (1, "s") : time < 7200 ? (60, "min") : (3600, "h")
}

/// A duration for readers.
private func seconds(_ time: Double, _ unit: (length: Double, name: String)? = nil) -> String {
  let unit = unit ?? timeUnit(for: time)
  return ValueNotation(time / unit.length, digits: 3).plainText + "\u{202F}" + unit.name
}
