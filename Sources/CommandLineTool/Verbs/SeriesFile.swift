internal import Diagnostics
internal import FileSystem
internal import HDF5

/// A series that the command line names: a dataset of an HDF5 file, or columns of text.
enum SeriesFile {
  /// The replicas.
  static func read(_ name: String, columns: String?) throws -> [[Double]] {
    guard name.contains(":/") else { return try text(name, columns: columns) }
    guard columns == nil else {
      throw Diagnostics(
        error: "`--column` chooses columns of text, but \(name) is a dataset",
        hint: "name the dataset, as in chain.h5:/chain/energy")
    }
    return try dataset(name)
  }

  /// The series as messages call it.
  static func spoken(_ name: String) -> String { name == "-" ? "standard input" : name }

  private static func dataset(_ text: String) throws -> [[Double]] {
    let place = try DatasetPlace(text).checked()
    do {
      let file = try HDF5File(opening: place.file)
      let shape = try file.shape(of: place.path)
      let integers = try? file.integers(at: place.path)
      let values = try integers?.map(Double.init) ?? file.doubles(at: place.path)
      switch shape.count {
      case 1: return [values]
      case 2: return (0..<shape[0]).map { Array(values[($0 * shape[1])..<(($0 + 1) * shape[1])]) }
      default:
        throw Diagnostics(
          error: "\(text) has the shape \(shape), but must be (length) or (replicas, length)")
      }
    } catch let error as HDF5Error {
      throw Diagnostics(error: "\(error)")
    }
  }

  /// One sample per line; several columns are several replicas, once it is clear which.
  private static func text(_ name: String, columns: String?) throws -> [[Double]] {
    let bytes = try readOrExplain(Path(name == "-" ? "/dev/stdin" : name))
    let source = SourceText(file: spoken(name), bytes: bytes)
    var replicas: [[Double]] = []
    var table = ColumnChoice(file: spoken(name), wanted: columns)
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let words = line.split { $0 == "," || $0 == " " || $0 == "\t" || $0 == ";" || $0 == "\r" }
      guard !words.isEmpty, words[0].first != "#" else { continue }
      func mistake(_ message: String) -> Diagnostics {
        Diagnostics([source.error(message, line: number + 1, column: 1)])
      }
      if try table.begin(with: words.map(String.init)) { continue }
      let chosen = table.chosen.filter { $0 < words.count }.map { Double(words[$0]) }
      let values = chosen.compactMap(\.self)
      guard values.count == chosen.count else { throw mistake("not a number") }
      guard words.count == table.width else {
        throw mistake("\(words.count) columns where the lines above have \(table.width)")
      }
      if replicas.isEmpty { replicas = Array(repeating: [], count: values.count) }
      for (replica, value) in values.enumerated() { replicas[replica].append(value) }
    }
    return replicas
  }
}

/// Which columns of a table are meant.
private struct ColumnChoice {
  let file: String
  let wanted: String?
  private(set) var width = 0
  private(set) var chosen: [Int] = []

  init(file: String, wanted: String?) {
    self.file = file
    self.wanted = wanted
  }

  /// Looks at the first line; whether it was a header.
  mutating func begin(with words: [String]) throws(Diagnostics) -> Bool {
    guard width == 0 else { return false }
    width = words.count
    let hasHeader = words.contains { Double($0) == nil }
    guard let wanted else {
      guard !hasHeader || width == 1 else {
        throw Diagnostics(
          error: "\(file) has the columns \(words.joined(separator: ", "))",
          hint: "choose with --column \(words[width - 1]); several, as in --column "
            + "\(words[0]),\(words[width - 1]), are taken for replicas")
      }
      chosen = Array(0..<width)
      return hasHeader
    }
    chosen = []
    for name in wanted.split(separator: ",").map(String.init) {
      chosen.append(try place(of: name, in: hasHeader ? words : []))
    }
    return hasHeader
  }

  private func place(of name: String, in header: [String]) throws(Diagnostics) -> Int {
    if let place = header.firstIndex(of: name) { return place }
    if let number = Int(name), number >= 1, number <= width { return number - 1 }
    let known = header.isEmpty ? (1...width).map(String.init) : header
    throw Diagnostics(
      error: "\(file) has no column `\(name)`; it has \(known.joined(separator: ", "))",
      hint: suggestion(for: name, in: known))
  }
}
