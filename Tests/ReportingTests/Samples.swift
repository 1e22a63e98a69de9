import Reporting

/// A table with every kind of cell, awkward texts included.
func sampleTable() -> ResultTable {
  ResultTable(
    name: "acceptance", title: "Acceptance & cost",
    columns: [
      .init("model", label: "Model"),
      .init("layers", label: "$L$", summary: "Number of attention layers"),
      .init("temperature", label: "$T$", unit: "$t$"),
      .init("acceptance", label: "Acceptance", summary: "Mean acceptance of the global move"),
      .init("note"),
    ],
    rows: [
      [
        .text("linear"), .integer(0), .number(0.05),
        .measured(
          MeasuredValue(
            0.21034, error: 0.0021, autocorrelationTime: 12.3, autocorrelationTimeError: 1.1,
            effectiveSamples: 812.4, isConverged: true, artifact: "1f0c")), .missing,
      ],
      [
        .text("attention <3> & \"more\""), .integer(6), .number(0.1),
        .measured(
          MeasuredValue(
            0.86, error: 0.0357, autocorrelationTime: 0.5, effectiveSamples: 20, isConverged: false,
            artifact: "2e9d")), .text("tab\there | a_b $5"),
      ],
      [.text("plain"), .integer(1), .number(.infinity), .measured(MeasuredValue(.nan)), .missing],
    ])
}

/// A table of one measured series per group, for figures.
func seriesTable(
  xs: [Double], groups: [String] = ["a"], notConverged: Set<Int> = [],
  y: (Double, Int) -> (Double, Double)
) -> ResultTable {
  var table = ResultTable(
    name: "series",
    columns: [.init("x", label: "$x$"), .init("group", label: "Group"), .init("y", label: "$y$")])
  for (index, group) in groups.enumerated() {
    for (place, x) in xs.enumerated() {
      let (value, error) = y(x, index)
      let measured = MeasuredValue(
        value, error: error, isConverged: !notConverged.contains(place),
        artifact: "key\(index)-\(place)")
      table.append([.number(x), .text(group), .measured(measured)])
    }
  }
  return table
}
