internal import Manifest
public import Values
internal import YAML

extension Plan {
  /// A parameter of a job by its dotted path: of its own groups, of what it is made from, or of the point
  /// that it serves. nil where it has none.
  public func parameter(_ path: String, of job: PlannedJob) -> Value? {
    let parts = path.split(separator: ".")
    switch value(at: parts, of: job) {
    case .value(let value): return value
    case .several: return nil
    case .none: break
    }
    let experiment = stages[job.stage].experiment
    let axis = experiment.sweep.axes.firstIndex { $0.name == path }
    let node = axis.flatMap { experiment.node(point: Int(job.point), axis: $0) }
    return node?.comparable
  }

  /// The base value of a parameter as the manifest calls it, which need not be as its stage does.
  func baseValue(_ path: String) -> Value? {
    let parts = path.split(separator: ".")
    let group = parts.first.flatMap { experiment.parameters[String($0)] }
    return parts.dropFirst().reduce(group) { $0?[String($1)] }?.comparable
  }

  private enum Lookup {
    case none
    case value(Value)
    /// Artifacts that are taken together along an axis differ in it.
    case several
  }

  /// The parameter of the job itself, or of the nearest input that reads it.
  private func value(at path: [Substring], of job: PlannedJob) -> Lookup {
    if let value = Value.record(parameters(of: job)).value(at: path) { return .value(value) }
    for input in job.inputs {
      guard case .value(let value) = self.value(at: path, of: jobs[Int(input)]) else { continue }
      let stage = jobs[Int(input)].stage
      let isSame = job.inputs.lazy.filter { jobs[Int($0)].stage == stage }.allSatisfy {
        if case .value(value) = self.value(at: path, of: jobs[Int($0)]) { true } else { false }
      }
      return isSame ? .value(value) : .several
    }
    return .none
  }

  /// Every parameter of the job and of what it is made from, by dotted path.
  public func parameterPaths(of job: PlannedJob) -> Set<String> {
    var paths: Set<String> = []
    var open = [job]
    var seen: Set<Int32> = []
    while let next = open.popLast() {
      paths.formUnion(Value.record(parameters(of: next)).leaves().map(\.path))
      open += next.inputs.filter { seen.insert($0).inserted }.map { jobs[Int($0)] }
    }
    return paths
  }

  /// The jobs that a figure or table shows, as far as parameters decide: those of its stages that fulfil
  /// its conditions.
  func jobs(shownBy choice: some ResultChoice) -> [PlannedJob] {
    let conditions = choice.conditions.elements
    return stages.filter { choice.sources.contains($0.name) }.flatMap { jobs[$0.jobs] }.filter {
      job in
      conditions.allSatisfy { name, wanted in
        guard let value = parameter(name, of: job) else { return true }
        if let number = value.number, let wanted = wanted.number { return number == wanted }
        return value.spelling == wanted.spelling
      }
    }
  }
}
