internal import Diagnostics
internal import Manifest
internal import Values
internal import YAML

/// Whether the columns that figures and tables ask for can be there: a typo is found before hours of work
/// and not after. Names that only a run can tell, such as those a program writes, pass.
struct ColumnChecks {
  private let plan: Plan
  private let registry: StageRegistry
  private var known: [String: Columns] = [:]

  /// What the results of a stage can be called.
  private struct Columns {
    /// nil where only the run tells.
    var results: Set<String>?
    var parameters: Set<String> = []
    /// Names that a parameter's path may begin with.
    var groups: Set<String> = []
  }

  init(_ plan: Plan, _ registry: StageRegistry) {
    self.plan = plan
    self.registry = registry
  }

  mutating func problems() -> [Diagnostic] {
    var found: [Diagnostic] = []
    for figure in plan.experiment.figures {
      let quantities = figure.quantities
      found += problems(figure, "y", quantities.map { Self.without([".spread"], $0) })
      if figure.x != "index" || !quantities.contains(where: { $0.contains("/") }) {
        found += problems(figure, "x", figure.horizontals)
      }
      found += problems(figure, "group", [figure.group].compactMap { $0 })
      found += problems(figure, "where", figure.conditions.names)
      found += problems(figure, "over", figure.averaged)
    }
    for table in plan.experiment.tables {
      // Beside parameters the table of an array has columns of its own.
      func known(_ names: [String]) -> [String] {
        table.array == nil ? names : names.filter { $0.contains(".") }
      }
      let shown = table.shown.map { Self.without(Self.details, $0) }
      found += problems(table, "array", [table.array.map { $0 + "[]" }].compactMap { $0 })
      found += problems(table, "columns", known(shown))
      found += problems(table, "where", known(table.conditions.names))
      found += problems(table, "over", table.averaged)
    }
    return found
  }

  private mutating func problems(
    _ choice: some ResultChoice, _ setting: String, _ names: [String]
  ) -> [Diagnostic] {
    let stages = plan.stages.filter { choice.sources.contains($0.name) && !$0.jobs.isEmpty }
    guard stages.count == choice.sources.count else { return [] }
    let columns = stages.map { self.columns(of: $0) }
    return names.compactMap { name in
      // A dataset by its path; beside others a stage may lack a column.
      guard !name.contains("/"), !columns.contains(where: { has(name, $0) }) else { return nil }
      let candidates = columns.reduce(into: Set<String>()) {
        $0.formUnion($1.results ?? [])
        $0.formUnion($1.parameters)
      }
      let sources = choice.sources.map { "`\($0)`" }.joined(separator: ", ")
      return .error(
        "`\(choice.name)`: \(sources) has no column `\(name)`",
        at: choice.places[setting] ?? choice.location, length: name.count,
        hint: suggestion(for: name, in: candidates.sorted())
          ?? "`slmc explain` has the parameters, docs/figures-and-report.md the results")
    }
  }

  private func has(_ name: String, _ columns: Columns) -> Bool {
    if columns.parameters.contains(name) || columns.groups.contains(name) { return true }
    guard let results = columns.results else {
      // A program may call its numbers anything but `group.field`.
      let group = name.split(separator: ".").first.map(String.init) ?? ""
      return !name.contains(".") || !columns.groups.contains(group)
    }
    return results.contains(name)
  }

  /// `energy.converged` and its like stand beside `energy`; the spread is made where `over` is asked for.
  private static let details = [".effectiveSamples", ".converged", ".tau", ".spread"]

  private static func without(_ details: [String], _ name: String) -> String {
    let detail = details.first(where: name.hasSuffix)
    let plain = String(name.dropLast(detail?.count ?? 0))
    // Of an array the kind knows the name alone: `structureFactor[]`.
    return ElementName(plain).map { $0.array + "[]" } ?? plain
  }

  private mutating func columns(of stage: PlannedStage) -> Columns {
    if let columns = known[stage.name] { return columns }
    var columns = Columns(results: ["prefix"])
    let experiment = stage.experiment
    columns.groups = Set(experiment.parameters.keys)
    columns.parameters = Set(experiment.sweep.axes.map(\.name))
    for other in plan.stages {
      columns.groups.formUnion(other.roles)
      for schema in other.declaration.groups {
        columns.parameters.formUnion(schema.documentedFields(under: schema.name).map(\.path))
      }
    }
    // Jobs of one stage differ in few ways; these are enough to know them by.
    for job in plan.jobs[stage.jobs].prefix(64) {
      columns.parameters.formUnion(plan.parameterPaths(of: job))
      guard let names = names(of: job, stage) else {
        columns.results = nil
        continue
      }
      columns.results?.formUnion(names)
    }
    columns.parameters.formUnion(Self.leaves(experiment))
    known[stage.name] = columns
    return columns
  }

  private func names(of job: PlannedJob, _ stage: PlannedStage) -> Set<String>? {
    registry[stage.declaration.kind]?.resultNames(of: plan.outline(of: job))
  }

  /// Base values as the manifest calls them, with the names of its own groups.
  private static func leaves(_ experiment: Experiment) -> [String] {
    experiment.parameters.flatMap { group, node in
      node.comparable.leaves(below: group).map(\.path)
    }
  }
}
