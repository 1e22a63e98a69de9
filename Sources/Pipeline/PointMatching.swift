internal import Diagnostics
internal import Manifest
internal import Values
internal import YAML

/// Which point of another experiment's sweep serves each point of ours.
///
/// `at` fixes parameters that are swept there; one that is swept here too takes our value. Together
/// they must leave one job of the stage, or nothing says which one is meant.
struct PointMatching {
  private let link: ForeignStages.Link
  private let plan: Plan
  private let experiment: Experiment
  private var fixed: [(axis: Int, value: Value)] = []
  private var shared: [(theirs: Int, ours: Int)] = []
  private(set) var problems = Diagnostics()

  init(link: ForeignStages.Link, plan: Plan, experiment: Experiment) {
    self.link = link
    self.plan = plan
    self.experiment = experiment
    let theirs = plan.experiment.sweep.axes
    for choice in link.source.at { fix(choice, theirs) }
    for axis in plan.stages[link.stage].axes where !fixed.contains(where: { $0.axis == axis }) {
      let name = theirs[axis].name
      guard !link.source.at.contains(where: { $0.path == name }) else { continue }
      if let ours = experiment.sweep.axes.firstIndex(where: { $0.name == name }) {
        shared.append((axis, ours))
      }
    }
  }

  /// The axes of our sweep that choose among the jobs there.
  var axes: [Int] { shared.map(\.ours) }

  private mutating func fix(_ choice: ForeignStage.Choice, _ theirs: [Axis]) {
    guard let axis = theirs.firstIndex(where: { $0.name == choice.path }) else {
      problems.append(
        .error(
          "experiment `\(plan.experiment.name)` does not sweep `\(choice.path)`",
          at: choice.location, length: choice.path.count,
          hint: suggestion(for: choice.path, in: theirs.map(\.name))))
      return
    }
    let value = choice.value.comparable
    if !theirs[axis].values.contains(where: { $0.comparable == value }) {
      problems.append(
        .error(
          "`\(choice.path)` never is \(choice.value.spelling) in experiment "
            + "`\(plan.experiment.name)`", at: choice.value.location,
          length: choice.value.underline,
          hint: suggestion(for: choice.value.spelling, in: theirs[axis].values.map(\.spelling))))
    }
    fixed.append((axis, value))
  }

  /// The job there for each of our points, -1 where there is none.
  mutating func serving(_ points: [Int]) -> [Int32] {
    var serving = [Int32](repeating: -1, count: experiment.sweep.count)
    guard problems.isEmpty else { return serving }
    let choices = choices()
    for point in points {
      let wanted = shared.map { experiment.node(point: point, axis: $0.ours)?.comparable }
      let jobs = choices[wanted] ?? []
      if let job = jobs.first, jobs.count == 1 {
        serving[point] = job
      } else {
        explain(jobs, point: point)
        return serving
      }
    }
    return serving
  }

  /// The stage's jobs by their values of the shared parameters, ascending.
  private func choices() -> [[Value?]: [Int32]] {
    var choices: [[Value?]: Set<Int32>] = [:]
    let theirs = plan.experiment
    for point in 0..<theirs.sweep.count {
      let job = plan.serving[link.stage][point]
      guard job >= 0,
        fixed.allSatisfy({ theirs.node(point: point, axis: $0.axis)?.comparable == $0.value })
      else { continue }
      let values = shared.map { theirs.node(point: point, axis: $0.theirs)?.comparable }
      choices[values, default: []].insert(job)
    }
    return choices.mapValues { $0.sorted() }
  }

  /// The first point that cannot be served says what is wrong with all of them.
  private mutating func explain(_ jobs: [Int32], point: Int) {
    let name = plan.experiment.name
    let stage = link.source.stage
    let theirs = plan.experiment.sweep.axes
    guard jobs.isEmpty else {
      let open = plan.stages[link.stage].axes.filter { axis in
        !fixed.contains { $0.axis == axis } && !shared.contains { $0.theirs == axis }
      }
      let hints = open.map { axis in
        "\(theirs[axis].name) is one of "
          + theirs[axis].values.prefix(8).map(\.spelling).joined(separator: ", ")
      }
      problems.append(
        .error(
          "experiment `\(name)` makes `\(stage)` at \(jobs.count) points; choose one with `at`",
          at: link.source.location, hint: hints.joined(separator: "; ")))
      return
    }
    let here = shared.map { pair in
      let value = experiment.node(point: point, axis: pair.ours)?.spelling ?? "its base value"
      return "\(theirs[pair.theirs].name) = \(value)"
    }
    problems.append(
      .error(
        "experiment `\(name)` has no `\(stage)` at "
          + (here.isEmpty ? "these values together" : here.joined(separator: ", ")),
        at: link.source.location,
        hint: here.isEmpty ? nil : "both sweep it; fix it there with `at`, or sweep the same values"
      ))
  }
}
