internal import FileSystem
internal import Values

/// What the figures and tables of a folder were made of, kept beside them in contents.json: of each its
/// points, and how many steps of chains stand behind each point. Results that say less do not replace
/// results that say more.
struct FolderContents {
  /// Steps by the name of the job that gives the point.
  typealias Points = [String: Int]

  private var items: [String: Points] = [:]
  private let file: Path

  static let format = "slmc-contents/1"
  static let name = "contents.json"

  /// What is known of a folder; nothing of one that holds no such file.
  init(_ folder: Path) {
    file = folder / Self.name
    guard let bytes = try? file.read(), let value = try? Value(json: bytes),
      value["format"]?.text == Self.format
    else { return }
    for (name, points) in (value["items"]?.record ?? [:]).elements {
      let steps = (points.record ?? [:]).elements.compactMap { point, steps in
        steps.integer.map { (point, $0) }
      }
      items[name] = Dictionary(steps) { first, _ in first }
    }
  }

  /// What would be lost if these points took the place of those that are there; nil for nothing.
  func loss(of name: String, for points: Points) -> String? {
    guard let present = items[name] else { return nil }
    let missing = present.keys.filter { points[$0] == nil }.sorted()
    if let first = missing.first {
      return "what is there has \(Self.counted(missing.count, "more point")), as \(first)"
    }
    let shorter = present.filter { points[$0.key, default: 0] < $0.value }.keys.sorted()
    guard let first = shorter.first else { return nil }
    return "what is there has longer chains at \(Self.counted(shorter.count, "point")), as "
      + "\(present[first] ?? 0) steps behind \(first) where these have \(points[first] ?? 0)"
  }

  private static func counted(_ count: Int, _ what: String) -> String {
    "\(count) \(what)\(count == 1 ? "" : "s")"
  }

  /// Notes what a figure or table is made of now.
  mutating func note(_ name: String, _ points: Points) { items[name] = points }

  /// One point a line, in the order of the names.
  func write() throws {
    let value: Value = .record([
      "format": .text(Self.format),
      "items": .record(
        Record(
          items.map { name, points in
            (name, .record(Record(points.map { ($0.key, .integer($0.value)) })))
          })),
    ])
    try file.replace(with: Array((value.json(indented: true) + "\n").utf8))
  }
}
