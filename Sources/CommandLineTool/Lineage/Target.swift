internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Values

/// What a word on the command line names: one artifact by the beginning of its key, or the jobs of an
/// experiment: EXP.yaml, EXP.yaml#STAGE, EXP.yaml#STAGE[axis=value], EXP.yaml#FIGURE.
struct Target {
  struct Item {
    let name: String
    let key: Digest
    /// What the job reads; empty for an artifact named by its key.
    var parameters = Record()
  }

  let title: String
  let store: Store
  let items: [Item]

  init(_ word: String, _ arguments: Arguments, in tool: Tool) throws {
    guard Self.namesExperiment(word) else {
      store = try tool.existingStore(arguments)
      let key = try Self.key(word, in: store)
      title = key.short
      items = [Item(name: key.short, key: key)]
      return
    }
    let parts = word.split(separator: "#", maxSplits: 1).map(String.init)
    let experiment = try ExperimentReader.read(Path(parts[0]))
    store = try tool.existingStore(arguments, near: experiment)
    let plan = try PlanBuilder.build(experiment, registry: tool.registry)
    title = word
    let wanted = parts.count > 1 ? parts[1] : nil
    items = try Self.jobs(wanted, of: plan).map {
      Item(name: plan.name(of: $0), key: $0.recipe.key, parameters: plan.parameters(of: $0))
    }
  }

  /// A key is nothing but hexadecimal digits; a file that is there is meant before a key.
  static func namesExperiment(_ word: String) -> Bool {
    word.contains("#") || word.contains(".") || word.contains("/") || Path(word).exists
      || !word.allSatisfy(\.isHexDigit)
  }

  /// The artifact whose key begins so.
  static func key(_ digits: String, in store: Store) throws -> Digest {
    guard digits.count >= 4 else {
      throw Diagnostics(error: "`\(digits)` is too short for a key", hint: "give 4 digits or more")
    }
    let found = try store.keys(startingWith: digits)
    guard let key = found.first else {
      throw Diagnostics(
        error: "no artifact's key begins with \(digits) in \(store.root)",
        hint: "`slmc ls` lists the artifacts")
    }
    guard found.count == 1 else {
      let names = found.prefix(4).map { String($0.description.prefix(digits.count + 6)) }
      throw Diagnostics(
        error: "\(found.count) keys begin with \(digits)",
        hint: "as " + names.joined(separator: ", ") + (found.count > 4 ? ", …" : ""))
    }
    return key
  }

  private static func jobs(_ wanted: String?, of plan: Plan) throws(Diagnostics) -> [PlannedJob] {
    guard let wanted else { return plan.jobs }
    let figure = plan.experiment.figures.first { $0.name == wanted }
    let stage = figure?.stages.first ?? wanted
    let found = plan.jobs.filter {
      plan.stages[$0.stage].name == stage || plan.name(of: $0) == wanted
    }
    guard found.isEmpty else { return found }
    let names = plan.stages.map(\.name) + plan.experiment.figures.map(\.name)
    throw Diagnostics(
      error: "\(plan.experiment.file) has no stage, job or figure `\(wanted)`",
      hint: suggestion(for: wanted, in: names + plan.jobs.prefix(1000).map { plan.name(of: $0) }))
  }
}

extension Tool {
  /// A store that is there: looking around creates nothing.
  func existingStore(_ arguments: Arguments, near experiment: Experiment? = nil) throws -> Store {
    let root =
      arguments.value("--store").map { Path($0) }
      ?? environment["SLMC_STORE"].map { Path($0) }
      ?? (experiment?.projectFolder ?? Path(".")) / ".slmc"
    guard (root / "format").exists else {
      throw VerbFailure(
        "there is no store at \(root.absolute); `slmc run` makes one, --store or SLMC_STORE name "
          + "another", .store)
    }
    return try store(arguments, near: experiment)
  }
}
