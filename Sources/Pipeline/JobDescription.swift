public import Artifacts
public import ContentHash
public import FileSystem
public import Values

/// Everything a process needs to do one job: written by whoever plans, read by whoever works.
public struct JobDescription: Sendable {
  /// What is to be made.
  public let recipe: Recipe
  /// The stage's name and its point, for people.
  public let label: String
  /// All that it reads, by role.
  public let parameters: Record
  /// What it is made from, with the contents that the plan counts on.
  public let inputs: [ArtifactMetadata.Input]
  /// A cached chain of the same family to start from or to cut.
  public let predecessor: Digest?
  /// The folder of the project, for stages that use its files; never part of any key.
  public let project: Path
  /// The command line that asked for the job, for its provenance; never part of any key.
  public let command: String
  /// The program that planned the job (`ProgramFile`): no other one may do it; never part of any key.
  public let build: String

  /// A job as the planner describes it.
  public init(
    recipe: Recipe, label: String, parameters: Record, inputs: [ArtifactMetadata.Input],
    predecessor: Digest?, project: Path, command: String = "", build: String = ""
  ) {
    self.recipe = recipe
    self.label = label
    self.parameters = parameters
    self.inputs = inputs
    self.predecessor = predecessor
    self.project = project
    self.command = command
    self.build = build
  }

  /// As job.json holds it.
  public var value: Value {
    .record([
      "kind": .text(recipe.kind), "version": .integer(recipe.version),
      "groups": .record(
        Record(recipe.groups.map { ($0.name, .text($0.digest.description)) })),
      "seed": recipe.seed.map(Value.integer) ?? .null,
      "length": recipe.length.map(Value.integer) ?? .null,
      "goal": recipe.goal.map { .text($0.description) } ?? .null,
      "label": .text(label), "parameters": .record(parameters),
      "inputs": .list(
        inputs.map {
          .list([.text($0.slot), .text($0.key.description), .text($0.content.description)])
        }),
      "predecessor": predecessor.map { .text($0.description) } ?? .null,
      "project": .text(project.description), "command": .text(command),
      "build": .text(build),
    ])
  }

  /// nil when a field is missing, of another type or out of any range.
  public init?(_ value: Value) {
    guard let kind = value["kind"]?.text, let version = value["version"]?.integer,
      let label = value["label"]?.text, let parameters = value["parameters"]?.record,
      let groups = value["groups"]?.record, let inputs = value["inputs"]?.list,
      value["length"]?.integer ?? 0 >= 0
    else { return nil }
    self.label = label
    self.parameters = parameters
    self.inputs = inputs.compactMap { input in
      guard let parts = input.list?.compactMap(\.text), parts.count == 3,
        let key = Digest(parts[1]), let content = Digest(parts[2])
      else { return nil }
      return ArtifactMetadata.Input(slot: parts[0], key: key, content: content)
    }
    project = Path(value["project"]?.text ?? ".")
    command = value["command"]?.text ?? ""
    build = value["build"]?.text ?? ""
    predecessor = value["predecessor"]?.text.flatMap { Digest($0) }
    recipe = Recipe(
      kind: kind, version: version,
      groups: groups.elements.compactMap { name, digest in
        digest.text.flatMap { Digest($0) }.map { (name: name, digest: $0) }
      },
      inputs: self.inputs.map { Recipe.Input(slot: $0.slot, key: $0.key) },
      seed: value["seed"]?.integer, length: value["length"]?.integer,
      goal: value["goal"]?.text.flatMap { Digest($0) })
    guard self.inputs.count == inputs.count, recipe.groups.count == groups.count else {
      return nil
    }
  }

  /// Whether this program's stage is the one that the recipe names, and the parameters are those that it
  /// was made of. Who takes a description from a
  /// file asks this before it files anything under the recipe's key.
  public func isConsistent(with declaration: StageDeclaration) -> Bool {
    let identities = declaration.identities(of: parameters)
    return recipe.kind == declaration.kind && recipe.version == declaration.version
      && recipe.groups.map(\.name) == identities.map(\.name)
      && recipe.groups.map(\.digest) == identities.map(\.identity.digest)
      && identities.compactMap(\.identity.goal).first == recipe.goal
  }
}
