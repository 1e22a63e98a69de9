internal import Values

/// The manifest's own fields, described with the same types as everybody's parameters, so that
/// messages, `explain` and the JSON Schema come from one place.
public enum ManifestSchema {
  public static let experiment = GroupSchema(
    "experiment", "A manifest: which pipeline to run with which values.",
    fields: [
      FieldSchema("slmc", .integer(1...1), "the manifest's format, 1"),
      FieldSchema("experiment", .text, "the experiment's name; results go to results/NAME"),
      FieldSchema("description", .text, default: .text(""), "one or two sentences for the report"),
      FieldSchema(
        "pipeline", .text, default: .text(""),
        "a pipeline of pipelines/NAME.yaml, or a path; or write `stages` here"),
      FieldSchema("stages", .any, default: .null, "the stages, where there is no `pipeline`"),
      FieldSchema(
        "seed", .natural, default: .integer(0), "chooses all random numbers of the experiment"),
      FieldSchema("parameters", .any, default: .null, "the values of each parameter group"),
      FieldSchema("sweep", .any, default: .null, "the parameters that take several values"),
      FieldSchema("figures", .any, default: .null, "figures to draw from the results, by name"),
      FieldSchema(
        "baseline", .text, default: .text(""), "committed results; gc keeps the artifacts they name"
      ),
      FieldSchema("profiles", .any, default: .null, "named changes: {ci: {set: {path: value}}}"),
    ])

  public static let pipeline = GroupSchema(
    "pipeline", "A graph of stages that experiments share.",
    fields: [
      FieldSchema("slmc", .integer(1...1), "the manifest's format, 1"),
      FieldSchema("pipeline", .text, "the pipeline's name"),
      FieldSchema("description", .text, default: .text(""), "what the pipeline is for"),
      FieldSchema("stages", .any, "the stages by name: {kind, needs, reads, with}"),
    ])

  public static let foreignStage = GroupSchema(
    "needs", "An input from another experiment, which keeps its keys, its seed and its cache.",
    fields: [
      FieldSchema(
        "experiment", .text,
        "the other manifest, relative to this file or in experiments/; a job of it that is not "
          + "cached runs first"),
      FieldSchema("stage", .text, "the stage there whose artifact fills the input"),
      FieldSchema(
        "at", .any, default: .null,
        "values of its swept parameters, as in {model.layers: 3}; parameters that both experiments "
          + "sweep take the value of the point at hand"),
      FieldSchema(
        "profile", .text, default: .text(""),
        "the profile to read it with; else the one given with --profile, where it has it. -S changes "
          + "nothing there"),
    ])

  public static let profile = GroupSchema(
    "profile", "Changes to an experiment under a name, chosen with --profile.",
    fields: [
      FieldSchema("set", .any, default: .null, "values by dotted path"),
      FieldSchema("sweep", .any, default: .null, "replaces the experiment's sweep"),
    ])

  private static let references = FieldType.list(
    of: .record(
      GroupSchema(
        "reference", "A value to compare with.",
        fields: [
          FieldSchema("value", .number(.finite), "where the line is drawn"),
          FieldSchema("label", .text, default: .text(""), "what the line is"),
        ])), count: 0...Int.max)

  public static let figure = GroupSchema(
    "figure", "A figure drawn from one stage's results over the sweep.",
    fields: [
      FieldSchema("from", .text, "the stage whose results are drawn"),
      FieldSchema("x", .text, "a swept parameter's path, or a result"),
      FieldSchema("y", .text, "a result of the stage"),
      FieldSchema("group", .text, default: .text(""), "the parameter that tells the series apart"),
      FieldSchema("title", .text, default: .text(""), "above the figure"),
      FieldSchema("xLabel", .text, default: .text(""), "at the horizontal axis"),
      FieldSchema("yLabel", .text, default: .text(""), "at the vertical axis"),
      FieldSchema(
        "scale", .choice(["linear", "logX", "logY", "logLog"]), default: .text("linear"),
        "which axes are logarithmic"),
      FieldSchema("references", references, default: .list([]), "horizontal lines to compare with"),
      FieldSchema(
        "xRange", .list(of: .number(.finite), count: 0...2), default: .list([]), "[from, to]"),
      FieldSchema(
        "yRange", .list(of: .number(.finite), count: 0...2), default: .list([]), "[from, to]"),
    ])
}
