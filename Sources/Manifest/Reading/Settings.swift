internal import Diagnostics
internal import YAML

/// The base parameters while profiles and the command line change them.
struct Settings {
  private(set) var groups: [String: YAMLNode] = [:]
  private(set) var seed: Int?
  var problems: Diagnostics

  init(parameters node: YAMLNode?, problems: Diagnostics) {
    self.problems = problems
    guard let node else { return }
    guard let entries = node.entries else {
      self.problems.append(
        .error(
          "`parameters` must list groups, as in {system: {temperature: 0.05}}",
          at: node.location))
      return
    }
    for entry in entries { groups[entry.key.scalar?.text ?? ""] = entry.value }
  }

  /// A value from the command line, read as YAML so that lists and groups can be given too.
  mutating func set(_ path: String, text: String, in sweep: inout Sweep) {
    do {
      set(path, to: try YAML.parse(text: text, file: "-S \(path)"), in: &sweep)
    } catch {
      problems.append(contentsOf: error)
    }
  }

  /// Sets a base value. A swept parameter gets this value at every point: its axis goes.
  mutating func set(_ path: String, to node: YAMLNode, in sweep: inout Sweep) {
    let parts = path.split(separator: ".").map(String.init)
    guard let group = parts.first else {
      problems.append(.error("empty path in `set`", at: node.location))
      return
    }
    guard parts.count <= YAML.Limits().depth else {
      problems.append(
        .error("a path of \(parts.count) names leads to no parameter", at: node.location))
      return
    }
    if path == "seed" {
      seed = node.scalar.flatMap { Int($0.text) }
      if seed == nil { problems.append(.error("`seed` must be an integer", at: node.location)) }
      return
    }
    let base = groups[group] ?? .mapping([], at: node.location)
    groups[group] = base.setting(parts.dropFirst(), to: node)
    sweep.removeAxis(named: path)
  }
}

extension Sweep {
  /// Forgets an axis; points that differed only along it become one.
  mutating func removeAxis(named name: String) {
    guard let axis = axes.firstIndex(where: { $0.name == name }) else { return }
    let width = axes.count
    var seen: Set<[Int32]> = []
    var kept: [Int32] = []
    for point in 0..<count {
      var row = Array(choices[(point * width)..<((point + 1) * width)])
      row.remove(at: axis)
      if seen.insert(row).inserted { kept += row }
    }
    axes.remove(at: axis)
    choices = kept
    count = seen.count
  }
}
