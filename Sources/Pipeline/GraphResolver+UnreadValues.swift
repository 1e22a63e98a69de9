internal import Diagnostics
internal import Manifest
internal import Values
internal import YAML

extension GraphResolver {
  /// Values for groups that nobody reads are mistakes, not decoration.
  mutating func checkSweep(_ bound: [BoundStage]) {
    guard problems.isEmpty else { return }
    let read = Set(bound.flatMap { $0.readings.map(\.group) }).sorted()
    for axis in experiment.sweep.axes where !read.contains(axis.group) {
      problems.append(
        .error(
          "no stage reads `\(axis.group)`, so sweeping `\(axis.name)` changes nothing",
          at: axis.values.first?.location, hint: suggestion(for: axis.group, in: read)))
    }
    for (group, node) in experiment.parameters.sorted(by: { $0.key < $1.key })
    where !read.contains(group) {
      problems.append(
        .error(
          "no stage reads the parameters `\(group)`", at: node.location,
          hint: suggestion(for: group, in: read)))
    }
  }
}
