public import YAML

/// One swept parameter: its dotted path and the values it takes.
public struct Axis: Sendable {
  /// The group and the fields below it.
  public let path: [String]
  /// The values that it takes, in their order.
  public let values: [YAMLNode]

  /// The path with points, as `system.temperature`.
  public var name: String { path.joined(separator: ".") }
  /// The group that it changes.
  public var group: String { path.first ?? "" }

  /// A parameter that takes several values.
  public init(path: [String], values: [YAMLNode]) {
    self.path = path
    self.values = values
  }
}

/// The points of a sweep: for each point, which value of each axis it takes.
///
/// A value, not text: a point is named by its parameters, so inserting one changes no other.
public struct Sweep: Sendable {
  /// The parameters that vary, in the order of the manifest.
  public internal(set) var axes: [Axis]
  /// Point-major indices into the axes' values; `base` where a point leaves an axis alone.
  public internal(set) var choices: [Int32]
  /// The experiment without a sweep has one point.
  public internal(set) var count: Int

  /// Stands for the value that the manifest has outside of the sweep.
  public static let base: Int32 = -1

  /// No sweep: one point.
  public static let single = Sweep(axes: [], choices: [], count: 1)

  /// The place of a point's value on an axis, or `base`.
  public func choice(point: Int, axis: Int) -> Int32 {
    choices[point * axes.count + axis]
  }

  /// The node that a point gives an axis; nil for the base value.
  public func node(point: Int, axis: Int) -> YAMLNode? {
    let choice = choice(point: point, axis: axis)
    return choice == Self.base ? nil : axes[axis].values[Int(choice)]
  }
}

extension Experiment {
  /// What a point gives an axis; the base value where the point leaves it alone. Nil where there is none,
  /// also because an axis above replaces what this one belongs to.
  public func node(point: Int, axis: Int) -> YAMLNode? {
    if let own = sweep.node(point: point, axis: axis) { return own }
    let path = sweep.axes[axis].path
    let isReplaced = sweep.axes.indices.contains { above in
      sweep.axes[above].path.count < path.count && path.starts(with: sweep.axes[above].path)
        && sweep.choice(point: point, axis: above) != Sweep.base
    }
    guard !isReplaced else { return nil }
    return path.dropFirst().reduce(path.first.flatMap { parameters[$0] }) { $0?[$1] }
  }
}
