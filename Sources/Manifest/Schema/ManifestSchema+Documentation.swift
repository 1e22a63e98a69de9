internal import Values

/// The parts of a manifest that its readers take apart themselves, described like all others.
extension ManifestSchema {
  /// The fields of a stage.
  public static let stage = GroupSchema(
    "stages", "A stage of a pipeline: stages: {NAME: {kind: …, needs: …, reads: …}}.",
    fields: [
      FieldSchema("kind", .text, "the stage's kind; `slmc explain` lists them"),
      FieldSchema(
        "needs", .any, default: .null,
        "which stage fills which input, as in {samples: exact}; a list, in its order, where an input "
          + "takes several, as in {screen: [rough, better]}, or all along a swept parameter, as in "
          + "{chains: {stage: exact, over: system.temperature}}; a stage of another experiment as in "
          + "{model: {experiment: other.yaml, stage: model, at: {model.layers: 3}}}"),
      FieldSchema(
        "reads", .any, default: .null,
        "the parameter groups it reads, as in [system, chain], or {chain: longChain} to read the "
          + "group `longChain` as its `chain`; what is left out reads the group of its own name"),
      FieldSchema(
        "with", .any, default: .null, "parameters of this stage alone, where its kind takes them"),
    ])

  /// The fields of a sweep.
  public static let sweep = GroupSchema(
    "sweep", "Parameters that take several values; a point is named by its values, not its place.",
    fields: [
      FieldSchema(
        "product", .any, default: .null,
        "every combination, as in {model.layers: [1, 2], system.temperature: [0.05, 0.1]}"),
      FieldSchema(
        "zip", .any, default: .null,
        "values that advance together: a group of lists of one length, or a list of such groups"),
      FieldSchema(
        "exclude", .any, default: .null,
        "points to leave out, as in [{model.layers: 2, system.temperature: 0.1}]"),
      FieldSchema(
        "include", .any, default: .null,
        "single points to add; what one does not name keeps its base value"),
    ])

  /// What may stand in place of a list of values.
  public static let ranges: [GroupSchema] = [
    GroupSchema(
      "linspace",
      "Numbers at equal distances, ends included: {linspace: {from: 0, to: 1, count: 5}}.",
      fields: spaceFields),
    GroupSchema(
      "logspace",
      "Numbers at equal ratios, ends included: {logspace: {from: 0.01, to: 1, count: 5}}.",
      fields: spaceFields),
    GroupSchema(
      "range",
      "From one end to the other, integers or not: {range: {from: 0.05, to: 0.2, step: 0.05}}.",
      fields: [
        FieldSchema("from", RangeReader.rangeEnd, "the first value"),
        FieldSchema("to", RangeReader.rangeEnd, "the last value, if it is hit"),
        FieldSchema(
          "step", RangeReader.rangeStep, default: .integer(1), "the distance of neighbours"),
      ]),
  ]

  private static let spaceFields = [
    FieldSchema("from", .number(.finite), "the first value"),
    FieldSchema("to", .number(.finite), "the last value"),
    FieldSchema("count", .integer(1...1_000_000), "how many values"),
  ]
}
