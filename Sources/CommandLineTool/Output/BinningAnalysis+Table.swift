internal import Reporting
internal import Statistics
internal import Values

extension BinningAnalysis {
  /// The error of the mean against the length of bins, and where it stops growing.
  var text: String {
    var columns = Columns(right: [0, 1])
    columns.append("BIN LENGTH", "BINS", "ERROR OF THE MEAN")
    for level in levels {
      columns.append(
        "\(level.binSize)", "\(level.bins)",
        ValueNotation(level.error, error: level.errorOfError).plainText)
    }
    let end =
      plateauFound
      ? "the error stops growing at bins of \(levels[plateau].binSize)"
      : "the error still grows at the longest bins: a lower bound"
    return columns.text(indent: "") + "\n" + end
  }

  var json: Value {
    .record([
      "levels": .list(
        levels.map { level in
          .record([
            "length": .integer(level.binSize), "count": .integer(level.bins),
            "error": .number(level.error), "errorOfError": .number(level.errorOfError),
          ])
        }),
      "plateau": plateauFound ? .integer(levels[plateau].binSize) : .null,
    ])
  }
}
