internal import Diagnostics
internal import Values
internal import YAML

/// Reads a manifest's `sweep:` block.
struct SweepReader {
  var problems = Diagnostics()
  private var axes: [Axis] = []
  private var names: Set<String> = []
  /// How many values were read.
  private var size = 0
  private var isTooLarge = false
  private var points: [[Int32]] = []

  static let keys = ["product", "zip", "exclude", "include"]
  /// Points of a sweep, and values that it may name: what is planned within 4 GB of memory.
  static let mostPoints = 1_000_000

  mutating func read(_ node: YAMLNode?) -> Sweep {
    guard let node else { return .single }
    guard let entries = node.entries else {
      problems.append(
        .error("`sweep` must have product, zip, exclude or include", at: node.location))
      return .single
    }
    for entry in entries where !Self.keys.contains(entry.key.scalar?.text ?? "") {
      problems.append(
        .error(
          "unknown key `\(entry.key.scalar?.text ?? "")` in `sweep`", at: entry.key.location,
          length: entry.key.length,
          hint: suggestion(for: entry.key.scalar?.text ?? "", in: Self.keys)))
    }
    points = node["product"] == nil && node["zip"] == nil ? [] : [[]]
    let sets = readAxes(node["product"], name: "product").map { [$0] } + readZips(node["zip"])
    guard isWithinLimits(sets) else {
      problems.append(
        .error(
          "the sweep has more than \(Self.mostPoints) points", at: node.location,
          hint: "split it into several experiments"))
      return .single
    }
    for together in sets { multiply(together) }
    exclude(node["exclude"])
    include(node["include"])
    return finish(node)
  }

  private mutating func finish(_ node: YAMLNode) -> Sweep {
    // Without a product there are none, and why was said already.
    for axis in axes where axis.path.count > YAML.Limits().depth {
      problems.append(
        .error(
          "a path of \(axis.path.count) names leads to no parameter", at: node.location))
    }
    if points.isEmpty && !problems.hasErrors {
      problems.append(
        .error(
          "`sweep` has no point left", at: node.location, hint: "leave `sweep` out for one run"))
    }
    let width = axes.count
    return Sweep(
      axes: axes,
      choices: points.flatMap {
        $0 + [Int32](repeating: Sweep.base, count: width - $0.count)
      },
      count: points.count)
  }

  private mutating func readAxes(_ node: YAMLNode?, name: String) -> [Axis] {
    guard let node else { return [] }
    guard let entries = node.entries else {
      problems.append(
        .error(
          "`\(name)` must list the values of each parameter, as in {model.layers: [1, 2]}",
          at: node.location))
      return []
    }
    return entries.compactMap { entry in
      // What is too much already is not spelt out to its end.
      guard size <= Self.mostPoints else {
        isTooLarge = true
        return nil
      }
      guard let path = entry.key.scalar?.text else { return nil }
      let values = RangeReader.values(entry.value, path: path, problems: &problems)
      size += values.count
      if !names.insert(path).inserted {
        problems.append(.error("`\(path)` is swept twice", at: entry.key.location))
      }
      return Axis(path: path.split(separator: ".").map(String.init), values: values)
    }
  }

  /// Asked before a single point is made.
  private func isWithinLimits(_ sets: [[Axis]]) -> Bool {
    guard !isTooLarge else { return false }
    var count = 1
    for rows in sets.compactMap({ $0.first?.values.count }) where rows > 0 {
      guard count <= Self.mostPoints / rows else { return false }
      count *= rows
    }
    return true
  }

  /// Every point so far times every row of axes that advance together.
  private mutating func multiply(_ together: [Axis]) {
    // An axis without values was reported; the other mistakes shall show as well.
    guard let rows = together.first?.values.count, rows > 0 else { return }
    axes += together
    points = points.flatMap { point in
      (0..<rows).map { row in point + [Int32](repeating: Int32(row), count: together.count) }
    }
  }

  /// `zip` is one set of axes that advance together, or a list of such sets.
  private mutating func readZips(_ node: YAMLNode?) -> [[Axis]] {
    guard let node else { return [] }
    return (node.elements ?? [node]).compactMap { set in
      let together = readAxes(set, name: "zip")
      let lengths = Set(together.map(\.values.count))
      if lengths.count > 1 {
        let sizes = together.map { "\($0.name) has \($0.values.count)" }.joined(separator: ", ")
        problems.append(.error("zipped parameters differ in length: \(sizes)", at: set.location))
        return nil
      }
      return together.isEmpty ? nil : together
    }
  }

  /// The groups of a list; anything else is a mistake and not nothing.
  private mutating func rules(_ node: YAMLNode?, name: String) -> [YAMLNode] {
    guard let node else { return [] }
    let rules = node.elements ?? [node]
    for rule in rules where node.elements == nil || rule.entries?.isEmpty ?? true {
      problems.append(
        .error(
          "`\(name)` must list points, as in [{model.layers: 2, system.temperature: 0.1}]",
          at: rule.location))
    }
    return node.elements == nil ? [] : rules
  }

  /// Removes the points that agree with every parameter of one of the entries.
  private mutating func exclude(_ node: YAMLNode?) {
    for rule in rules(node, name: "exclude") {
      var conditions: [(axis: Int, value: Value)] = []
      for entry in rule.entries ?? [] {
        let path = entry.key.scalar?.text ?? ""
        guard let axis = axes.firstIndex(where: { $0.name == path }) else {
          problems.append(
            .error(
              "`exclude` names `\(path)`, which is not swept", at: entry.key.location,
              length: entry.key.length, hint: suggestion(for: path, in: axes.map(\.name))))
          continue
        }
        conditions.append((axis, entry.value.comparable))
      }
      guard !conditions.isEmpty else { continue }
      let before = points.count
      points.removeAll { point in
        conditions.allSatisfy { axis, value in
          axes[axis].values[Int(point[axis])].comparable == value
        }
      }
      if points.count == before {
        problems.append(
          .warning(
            "this `exclude` matches no point", at: rule.location,
            hint: "values are compared as they are written in the sweep"))
      }
    }
  }

  /// Adds single points; what they do not name keeps the manifest's base value.
  private mutating func include(_ node: YAMLNode?) {
    for extra in rules(node, name: "include") {
      var point = [Int32](repeating: Sweep.base, count: axes.count)
      for entry in extra.entries ?? [] {
        let path = entry.key.scalar?.text ?? ""
        let axis = axes.firstIndex { $0.name == path }
        if let axis {
          axes[axis] = Axis(path: axes[axis].path, values: axes[axis].values + [entry.value])
          point[axis] = Int32(axes[axis].values.count - 1)
        } else {
          axes.append(
            Axis(path: path.split(separator: ".").map(String.init), values: [entry.value]))
          point.append(0)
        }
      }
      points.append(point)
    }
    // Points made before an axis appeared leave it alone.
    points = points.map { $0 + [Int32](repeating: Sweep.base, count: axes.count - $0.count) }
  }
}
