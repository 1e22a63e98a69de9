internal import ContentHash
internal import Diagnostics
internal import Manifest
internal import Values
internal import YAML

/// Fills parameter groups from base values and the sweep, once per combination that matters.
struct GroupResolver {
  let experiment: Experiment
  private(set) var resolved: [ResolvedGroup] = []
  private var tables: [TableKey: Table] = [:]
  var problems = Diagnostics()

  private var files: DeclaredFiles

  init(_ experiment: Experiment) {
    self.experiment = experiment
    files = DeclaredFiles(project: experiment.projectFolder)
  }

  private struct TableKey: Hashable {
    let role: String
    let group: String
    let owner: String
    let form: String
  }

  /// One group read in one role, and which of its combinations were resolved already.
  private struct Table {
    let schema: GroupSchema?
    let base: YAMLNode
    let axes: [Int]
    var places: [[Int32]: Int32] = [:]
  }

  /// Takes over groups that were resolved for another experiment; returns where they begin.
  mutating func adopt(_ groups: [ResolvedGroup]) -> Int32 {
    resolved += groups
    return Int32(resolved.count - groups.count)
  }

  /// The axes of the sweep that change a group.
  func axes(touching group: String) -> [Int] {
    experiment.sweep.axes.indices.filter { experiment.sweep.axes[$0].group == group }
  }

  /// Where the group of a point is in `resolved`; nil, with the reason noted, when it is not valid.
  ///
  /// - Parameters:
  ///   - owner: tells groups apart that are written inside a stage.
  ///   - schema: in the form that goes with `form`.
  ///   - form: what another group decided, where one does.
  mutating func place(
    of reading: PipelineGraph.Stage.Reading, owner: String, schema: GroupSchema?,
    form: String = "", base: YAMLNode?, point: Int
  ) -> Int32? {
    let key = TableKey(role: reading.role, group: reading.group, owner: owner, form: form)
    if tables[key] == nil {
      tables[key] = Table(
        schema: schema, base: base ?? .mapping([], at: reading.location),
        axes: axes(touching: reading.group))
    }
    guard var table = tables[key] else { return nil }
    let combination = combination(of: table.axes, point: point)
    if let known = table.places[combination] { return known < 0 ? nil : known }
    let group = resolve(table, name: reading.group, point: point)
    if let group { resolved.append(group) }
    let place = group == nil ? -1 : Int32(resolved.count - 1)
    tables[key] = nil
    table.places[combination] = place
    tables[key] = table
    return place < 0 ? nil : place
  }

  /// The choices along some axes, by which equal work is recognised.
  func combination(of axes: [Int], point: Int) -> [Int32] {
    axes.map { experiment.sweep.choice(point: point, axis: $0) }
  }

  /// A group as it is written, with a point's values in place.
  func node(of group: String, base: YAMLNode?, point: Int) -> YAMLNode? {
    base.map { laidOver($0, axes(touching: group), point: point) }
  }

  private func laidOver(_ base: YAMLNode, _ axes: [Int], point: Int) -> YAMLNode {
    axes.reduce(base) { node, axis in
      guard let value = experiment.sweep.node(point: point, axis: axis) else { return node }
      return node.setting(experiment.sweep.axes[axis].path.dropFirst(), to: value)
    }
  }

  private mutating func resolve(_ table: Table, name: String, point: Int) -> ResolvedGroup? {
    let node = laidOver(table.base, table.axes, point: point)
    var decoder = ValueDecoder()
    let record: Record? =
      if let schema = table.schema {
        decoder.decode(node, as: schema, name: name)
      } else {
        decoder.decode(node, as: .any, name: name)?.record
      }
    if problems.found.count < 50 { problems.append(contentsOf: decoder.problems) }
    return record.flatMap { finish($0, node: node, name: name, schema: table.schema) }
  }

  private mutating func finish(
    _ record: Record, node: YAMLNode, name: String, schema: GroupSchema?
  ) -> ResolvedGroup? {
    var record = record
    for field in schema?.fields(of: record) ?? [] where field.role == .files {
      guard
        let digests = files.digests(
          of: record[field.name], at: node[field.name], problems: &problems)
      else { return nil }
      record[field.name] = digests
    }
    let identity = GroupIdentity(record, schema: schema)
    return ResolvedGroup(
      parameters: record, length: identity.length, goal: identity.goal,
      digest: identity.digest, definition: identity.earlier.first ?? identity.digest)
  }
}
