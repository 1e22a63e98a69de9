internal import Diagnostics
internal import Manifest
internal import YAML

extension GraphResolver {
  /// Finds the axes that `over` names, and what is wrong with them.
  mutating func resolveFanIns(_ bound: inout [BoundStage]) {
    var axes: [Set<Int>] = []
    // Through another experiment a stage may depend on axes that are known later.
    var isOpen: [Bool] = []
    for place in bound.indices {
      var own = Set(bound[place].readings.flatMap { self.axes(touching: $0.group) })
      var open = !bound[place].foreign.isEmpty
      for input in bound[place].inputs.indices {
        let source = bound[place].inputs[input]
        open = open || isOpen[source.stage]
        if let fanIn = source.fanIn {
          bound[place].inputs[input].over = over(
            fanIn, axes: axes[source.stage], isOpen: isOpen[source.stage])
        }
        own.formUnion(axes[source.stage].subtracting(bound[place].inputs[input].over ?? []))
      }
      axes.append(own)
      isOpen.append(open)
    }
  }

  private func axes(touching group: String) -> [Int] {
    experiment.sweep.axes.indices.filter { experiment.sweep.axes[$0].group == group }
  }

  private mutating func over(_ fanIn: FanIn, axes: Set<Int>, isOpen: Bool) -> [Int] {
    let sweep = experiment.sweep.axes
    return fanIn.paths.compactMap { path in
      guard let axis = sweep.firstIndex(where: { $0.name == path.name }) else {
        // A value that `-S` or a profile fixed leaves a list of one.
        if value(at: path.name) == nil {
          problems.append(
            .error(
              "`over` names `\(path.name)`, which is not swept", at: path.location,
              length: path.name.count,
              hint: suggestion(for: path.name, in: sweep.map(\.name))))
        }
        return nil
      }
      if !axes.contains(axis), !isOpen {
        let known = axes.sorted().map { "`\(sweep[$0].name)`" }
        problems.append(
          .error(
            "stage `\(fanIn.stage)` does not depend on `\(path.name)`: there is nothing to take "
              + "together", at: path.location, length: path.name.count,
            hint: known.isEmpty ? nil : "it depends on \(known.joined(separator: ", "))"))
      }
      return axis
    }
  }

  private func value(at path: String) -> YAMLNode? {
    let parts = path.split(separator: ".").map(String.init)
    return parts.dropFirst().reduce(parts.first.flatMap { experiment.parameters[$0] }) { $0?[$1] }
  }
}
