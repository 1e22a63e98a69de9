internal import Values

/// The manifest's own fields, described with the same types as everybody's parameters, so that
/// messages, `explain` and the JSON Schema come from one place.
public enum ManifestSchema {
  /// The fields of a manifest.
  public static let experiment = GroupSchema(
    "experiment", "A manifest: which pipeline to run with which values.",
    fields: [
      FieldSchema("slmc", .integer(1...1), "the manifest's format, 1"),
      FieldSchema(
        "experiment", .text,
        "the experiment's name, which no other manifest of the project has; results go to "
          + "results/NAME, those of a profile P to results/NAME/P"),
      FieldSchema(
        "description", .text, default: .text(""),
        "one or two sentences for the report" + placeholders),
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
        "tables", .any, default: .null,
        "tables of chosen columns beside the whole ones of every stage, by name"),
      FieldSchema(
        "baseline", .text, default: .text(""),
        "committed results that `slmc check` compares with, such as results/NAME/baseline.json; "
          + "with --profile P it is baseline.P.json; gc keeps the artifacts they name"),
      FieldSchema("gate", .any, default: .null, "how `slmc check` judges: {level, power, …}"),
      FieldSchema("profiles", .any, default: .null, "named changes: {ci: {set: {path: value}}}"),
    ])

  /// The fields of a file that holds a pipeline.
  public static let pipeline = GroupSchema(
    "pipeline", "A graph of stages that experiments share.",
    fields: [
      FieldSchema("slmc", .integer(1...1), "the manifest's format, 1"),
      FieldSchema("pipeline", .text, "the pipeline's name"),
      FieldSchema("description", .text, default: .text(""), "what the pipeline is for"),
      FieldSchema("stages", .any, "the stages by name: {kind, needs, reads, with}"),
    ])

  /// The fields of a need that names another experiment.
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

  /// The fields of a fan-in under `needs`.
  public static let fanIn = GroupSchema(
    "needs", "Every artifact of a stage along swept parameters, in one job.",
    fields: [
      FieldSchema(
        "stage", .text, "the stage whose artifacts fill the input, which must take several"),
      FieldSchema(
        "over", names,
        "the swept parameters whose points are taken together, in the order of the sweep; the job is "
          + "made once for each combination of the others"),
    ])

  /// The fields of a profile.
  public static let profile = GroupSchema(
    "profile", "Changes to an experiment under a name, chosen with --profile.",
    fields: [
      FieldSchema("set", .any, default: .null, "values by dotted path"),
      FieldSchema("sweep", .any, default: .null, "replaces the experiment's sweep"),
      FieldSchema(
        "slurm", .any, default: .null, "how to use a cluster; `slmc explain slurm` has its fields"),
    ])

  /// The fields that say how results are checked.
  public static let gate = GroupSchema(
    "gate", "How `slmc check` judges results against the baseline.",
    fields: [
      FieldSchema(
        "level",
        .number(Interval(0, 0.5, includesLowest: false, includesHighest: false)),
        default: .number(0.01),
        "chance of a false alarm of a whole check, over all its observables together"),
      FieldSchema(
        "power", .number(Interval(0.5, 1, includesHighest: false)), default: .number(0.95),
        "chance to see the shift that is called detectable"),
      FieldSchema(
        "bits", .boolean, default: .boolean(true),
        "whether equal recipes on an equal platform must give equal bits"),
      FieldSchema(
        "resolution", .any, default: .null,
        "shifts that must not go unseen, as in {energy: 0.01}: where one could have hidden in the "
          + "errors, the check is inconclusive"),
      FieldSchema(
        "tolerance", .any, default: .null,
        "shifts that are allowed beyond the errors, as in {acceptance: 0.05}; numbers of the sampler "
          + "and numbers without errors are judged only where this names them"),
      FieldSchema(
        "tau", .number(Interval(1, .infinity)), default: .null,
        "largest factor by which autocorrelation times may change beyond their errors; without it "
          + "they are not judged"),
    ])

  private static let references = FieldType.list(
    of: .record(
      GroupSchema(
        "reference", "A value to compare with.",
        fields: [
          FieldSchema("value", .number(.finite), "where the line is drawn"),
          FieldSchema("label", .text, default: .text(""), "what the line is"),
        ])), count: 0...Int.max)

  private static let fits = ["linear", "power-law", "exponential"]
  private static let fit = GroupSchema(
    "fit", "A function fitted to every series.",
    fields: [
      FieldSchema("form", .choice(fits), "a + b x, a x^b, or a exp(b x)"),
      FieldSchema(
        "range", .list(of: .number(.finite), count: 0...2), default: .list([]),
        "the x that are fitted, [from, to]"),
    ])

  /// One name, or several.
  static let names = FieldType.either([.text, .list(of: .text, count: 1...Int.max)])

  static let averaged = FieldSchema(
    "over", .either([.text, .list(of: .text, count: 0...Int.max)]), default: .list([]),
    "swept parameters whose points become one, as in training.replica: their mean, with an error that "
      + "includes how they spread")

  static let placeholders =
    "; {system.lattice} in it stands for the value of that parameter, which must be one"

  /// The fields of a figure.
  public static let figure = GroupSchema(
    "figure", "A figure drawn from one stage's results over the sweep.",
    fields: [
      FieldSchema(
        "from", names, "the stage whose results are drawn, or several, each a series of its own"),
      FieldSchema(
        "x", names,
        "a swept parameter's path, a result, or with a dataset as y another dataset of equal length "
          + "or `index`, the place in it from 0; one of either, where some y are datasets and some "
          + "results"),
      FieldSchema(
        "y", names,
        "a result of the stage, a dataset of its artifact such as autocorrelation/energy or "
          + "learning/heldOutError, or several of either, each a series of its own"),
      FieldSchema("group", .text, default: .text(""), "the parameter that tells the series apart"),
      FieldSchema(
        "names", .any, default: .null,
        "how stages, results and values of the group are called in the legend, as in {analysis: "
          + "self-learning}; an empty name is left out"),
      FieldSchema(
        "where", .any, default: .null,
        "only the points with these values, as in {system.temperature: 0.05}"),
      averaged,
      FieldSchema("title", .text, default: .text(""), "above the figure" + placeholders),
      FieldSchema(
        "caption", .text, default: .text(""), "below the figure in a report" + placeholders),
      FieldSchema("xLabel", .text, default: .text(""), "at the horizontal axis"),
      FieldSchema("yLabel", .text, default: .text(""), "at the vertical axis"),
      FieldSchema(
        "scale", .choice(["linear", "logX", "logY", "logLog"]), default: .text("linear"),
        "which axes are logarithmic"),
      FieldSchema(
        "fit", .either([.choice(["none"] + fits), .record(fit)]), default: .text("none"),
        "a function fitted to every series, with its parameters and chi^2 in the legend: "
          + fits.joined(separator: ", ") + ", or {form: power-law, range: [10, 1000]}"),
      FieldSchema("references", references, default: .list([]), "horizontal lines to compare with"),
      FieldSchema(
        "xRange", .list(of: .number(.finite), count: 0...2), default: .list([]), "[from, to]"),
      FieldSchema(
        "yRange", .list(of: .number(.finite), count: 0...2), default: .list([]), "[from, to]"),
    ])
}
