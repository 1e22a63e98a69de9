internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import HDF5
internal import Reporting
internal import Values

/// Everything about one artifact: `slmc show KEY`.
struct ArtifactPage {
  let metadata: ArtifactMetadata
  let datasets: [Dataset]
  let folder: Path
  let users: [Digest]

  struct Dataset {
    let path: String
    let type: String
    let shape: [Int]
    let unit: String
    let summary: String
  }

  init(_ key: Digest, in store: Store) throws {
    metadata = try store.verified(key)
    folder = store.folder(of: key)
    users = try Catalog(store).users(of: key)
    let file = try HDF5File(opening: store.data(of: key).description)
    datasets = try Self.datasets(below: "/", in: file)
  }

  private static func datasets(below path: String, in file: HDF5File) throws -> [Dataset] {
    try file.children(of: path).flatMap { name -> [Dataset] in
      let place = path == "/" ? "/\(name)" : "\(path)/\(name)"
      guard try file.kind(of: place) == .dataset else {
        return try datasets(below: place, in: file)
      }
      func text(_ attribute: String) throws -> String {
        try file.hasAttribute(attribute, of: place)
          ? try file.stringAttribute(attribute, of: place) : ""
      }
      return [
        Dataset(
          path: place, type: try file.typeName(of: place), shape: try file.shape(of: place),
          unit: try text("unit"), summary: try text("summary"))
      ]
    }
  }

  /// meta.json with the datasets and the users.
  var json: Value {
    var record = metadata.value.record ?? Record()
    record["folder"] = .text(folder.description)
    record["usedBy"] = .list(users.map { .text($0.description) })
    record["datasets"] = .list(
      datasets.map {
        .record([
          "path": .text($0.path), "type": .text($0.type),
          "shape": .list($0.shape.map(Value.integer)), "unit": .text($0.unit),
          "summary": .text($0.summary),
        ])
      })
    return .record(record)
  }

  func text(on output: Terminal) -> String {
    var blocks = [
      output.paint("\(metadata.kind) \(metadata.key.short)", .strong), facts,
      heading("parameters", lines(.record(metadata.parameters), path: ""), output),
      heading(
        "inputs", metadata.inputs.map { ($0.slot, "\($0.key.short), content \($0.content.short)") },
        output),
      heading("highlights", lines(.record(metadata.highlights), path: ""), output),
    ]
    var columns = Columns()
    for dataset in datasets {
      let shape =
        dataset.shape.isEmpty ? "scalar" : dataset.shape.map(String.init).joined(separator: " x ")
      let unit = ["", "1"].contains(dataset.unit) ? "" : "[\(dataset.unit)]"
      columns.append(dataset.path, dataset.type, shape, unit, dataset.summary)
    }
    blocks.append("datasets\n" + columns.text(indent: "  "))
    blocks.append(heading("provenance", lines(.record(metadata.provenance), path: ""), output))
    return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var facts: String {
    var columns = Columns()
    columns.append("key", metadata.key.description)
    columns.append("content", metadata.content.description)
    columns.append("version", String(metadata.version))
    if let length = metadata.length { columns.append("length", "\(length) steps") }
    if let seed = metadata.seed { columns.append("seed", String(seed)) }
    columns.append("size", Amount.bytes(metadata.bytes))
    columns.append("folder", folder.description)
    if let mark = metadata.importMark { columns.append("imported", "from \(mark.description)") }
    columns.append("used by", users.isEmpty ? "nobody" : users.map(\.short).joined(separator: ", "))
    return columns.text(indent: "  ")
  }

  private func heading(_ title: String, _ rows: [(String, String)], _ output: Terminal) -> String {
    guard !rows.isEmpty else { return "" }
    var columns = Columns()
    for (name, text) in rows { columns.append(name, text) }
    return title + "\n" + columns.text(indent: "  ")
  }

  /// Nested groups as dotted paths.
  private func lines(_ value: Value, path: String) -> [(String, String)] {
    guard let record = value.record else { return [(path, value.spelling)] }
    return record.elements.flatMap { name, value in
      lines(value, path: path.isEmpty ? name : "\(path).\(name)")
    }
  }
}
