internal import Values

/// What a manifest says of a table.
extension ManifestSchema {
  /// The fields of a table.
  public static let table = GroupSchema(
    "table", "A table of chosen columns of a stage's results over the sweep.",
    fields: [
      FieldSchema(
        "from", names, "the stage whose results are shown, or several, one below the other"),
      FieldSchema(
        "columns", .list(of: .text, count: 0...Int.max), default: .list([]),
        "parameters' paths and results in their order, as in [model.layers, energy, energy.tau, "
          + "energy.effectiveSamples, energy.converged, \"structureFactor[3]\"]; without them the "
          + "parameters that vary and the main results"),
      FieldSchema(
        "array", .text, default: .text(""),
        "an array of the stages instead of their results: a row for every entry at every point, with the "
          + "columns index (or index0, index1, …) and the array's name"),
      FieldSchema(
        "details", .boolean, default: .boolean(false),
        "whether tau and the effective samples stand beside each value"),
      FieldSchema(
        "names", .any, default: .null,
        "how stages and columns are called, as in {energy: \"$e$\"}"),
      FieldSchema(
        "where", .any, default: .null,
        "only the points with these values, as in {system.temperature: 0.05}"),
      averaged,
      FieldSchema("title", .text, default: .text(""), "above the table" + placeholders),
    ])
}
