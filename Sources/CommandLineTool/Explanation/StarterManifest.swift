internal import Manifest
internal import Pipeline
internal import Values

/// The manifest that `slmc init` writes: small, complete, and with every parameter explained from the
/// same schema that reads it.
struct StarterManifest {
  let name: String
  let reference: ManifestReference
  /// The system, with the values that its theory proposes.
  let system: GroupSchema.Variant

  /// What the starter sets; everything else is shown as a comment with its default.
  private var groups: [(name: String, values: [String: String])] {
    [
      ("system", values("system").merging(["kind": system.kind]) { $1 }),
      ("exact", ["samples": "300", "replicas": "2", "thermalisation": "50", "stride": "2"]),
      ("model", values("model")),
      ("training", ["heldOut": "0.5"]),
      (
        "chain", ["proposals": "600", "replicas": "2", "thermalisation": "50", "innerSweeps": "8"]
      ),
      ("analysis", ["discard": "0"]),
    ]
  }

  private func values(_ group: String) -> [String: String] { system.example[group] ?? [:] }

  var text: String {
    """
    # An experiment of slmc. Run it, look at it, draw it; the same command resumes and repeats nothing:
    #   slmc run \(file)
    #   slmc show \(file)
    #   slmc figures \(file)
    # Every field is explained by `slmc explain FIELD`; `slmc plan` tells what a change would cost.
    slmc: 1
    experiment: \(name)
    description: Acceptance of self-learning Monte Carlo with a small effective model.
    # Chooses all random numbers.
    seed: 1

    # Exact samples train a model, the model proposes to the exact weight, and the chain is analysed.
    # To share stages between experiments, put them in pipelines/NAME.yaml and write `pipeline: NAME`.
    stages:
      exact:    {kind: exact-samples,       reads: [system, exact]}
      model:    {kind: train-model,         needs: {samples: exact}, reads: [system, model, training]}
      chain:    {kind: self-learning-chain, needs: {model: model},   reads: [system, chain]}
      analysis: {kind: analyze-chain,       needs: {chain: chain},   reads: [analysis]}

    parameters:
    \(groups.map { group($0.name, $0.values) }.joined(separator: "\n"))

    # One run of each stage for every value; stages that do not depend on it run once.
    # Also: zip, exclude, include, and ranges such as {linspace: {from: 0.05, to: 0.2, count: 4}}.
    sweep:
      product:
        model.shells: [1, 2, all]

    figures:
      acceptance:
        from: analysis
        x: model.shells
        y: acceptance
        title: Acceptance of the exact test
        xLabel: shells of the model
        yRange: [0, 1]

    # Named changes: slmc run \(file) --profile long
    profiles:
      long:
        set: {exact.samples: 3000, chain.proposals: 20000}

    """
  }

  var file: String { "experiments/\(name).yaml" }

  private func group(_ name: String, _ values: [String: String]) -> String {
    guard let section = reference.sections.first(where: { $0.name == name }) else { return "" }
    var lines = ["  # \(section.summary)", "  \(name):"]
    for field in section.fields where applies(field, values, in: section) {
      let value = values[field.schema.name]
      guard let shown = value ?? field.fallback else { continue }
      let unit = field.schema.unit == "1" ? "" : " [\(field.schema.unit)]"
      let setting = "\(value == nil ? "# " : "")\(field.schema.name): \(shown)"
      let space = String(repeating: " ", count: max(1, 34 - setting.count))
      let comment = "\(field.schema.summary)\(unit)"
      let line = "    \(setting)\(space)# \(comment)"
      lines += line.count <= 100 ? [line] : Self.wrapped(comment) + ["    \(setting)"]
    }
    return lines.joined(separator: "\n")
  }

  /// Whether all that the field depends on is chosen: by the values, by the system, or by default.
  private func applies(
    _ field: DocumentedField, _ values: [String: String], in section: ManifestReference.Section
  ) -> Bool {
    field.conditions.allSatisfy { condition in
      if condition.name == "system.kind" { return condition.value == system.kind }
      if let chosen = values[condition.name] { return chosen == condition.value }
      let selector = section.fields.first {
        $0.schema.name == condition.name && $0.belongs(to: system.kind)
      }
      return selector?.fallback == condition.value
    }
  }

  /// A comment on lines of its own.
  private static func wrapped(_ comment: String) -> [String] {
    var lines: [String] = []
    for word in comment.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 100 {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append("    # \(word)")
      }
    }
    return lines
  }
}
