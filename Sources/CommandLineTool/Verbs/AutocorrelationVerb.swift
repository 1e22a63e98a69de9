internal import Diagnostics
internal import Reporting
internal import Statistics
internal import Values

enum AutocorrelationVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "autocorrelation", "mean, error and autocorrelation time of a series of yours",
    details: """
      The series is a dataset (length) or (replicas, length) of an HDF5 file, floats or integers, or
      text: one number per line, or one column per replica separated by commas or blanks; `-` reads
      standard input. Of a table with a header, `--column` says which columns are meant.
      tau_int = 1/2 + sum rho(t) with the automatic window of Wolff (2004). Not converged, with the
      reason, is a series shorter than 50 tau, one that drifts, a replica that disagrees with the
      others or is stuck, split R-hat above 1.01, and bins that scatter more than tau explains; their
      error is reported then. A sound series fails these tests in 1 of 100 cases at most.
      """,
    positionals: [.init("FILE.h5:/PATH | FILE.csv | -")],
    options: [
      .json, .init("--stretch", "S", "S of the automatic window (default 1.5)"),
      .init("--discard", "N", "leave out the first N samples of every replica"),
      .init(
        "--column", "NAME,…", "columns of a text file, by name or number; several are replicas"),
      .init(
        "--tail", "TAU",
        "slowest time of the dynamics: rho is continued with it (docs/statistics.md)"),
      .init("--bins", nil, "also the error from bins of doubling length, another way to see it"),
    ],
    examples: [
      "slmc autocorrelation chain.h5:/chain/energy",
      "slmc autocorrelation table.csv --column energy --discard 500",
      "python3 -c 'import random; [print(random.gauss(0, 1)) for _ in range(1000)]' | slmc autocorrelation -",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let text = arguments.positionals[0]
    var replicas = try SeriesFile.read(text, columns: arguments.value("--column"))
    let discard = try arguments.integer("--discard", atLeast: 0) ?? 0
    replicas = replicas.map { Array($0.dropFirst(discard)) }
    let stretch = try positive("--stretch", arguments, "as in --stretch 1.5") ?? 1.5
    let tail = try positive("--tail", arguments, "a time in samples, as in --tail 50")
    let series: SeriesAssessment
    let bins: BinningAnalysis?
    do {
      series = try SeriesAssessment(
        replicas: replicas, window: .automatic(stretch: stretch), tail: tail)
      bins = try arguments.has("--bins") ? BinningAnalysis(replicas: replicas) : nil
    } catch {
      throw VerbFailure("\(SeriesFile.spoken(text)): \(error)", .usage)
    }
    let verdict = ConvergenceVerdict(series)
    tool.output.print(
      arguments.has("--json")
        ? json(series, verdict, bins)
        : words(series, verdict) + (bins.map { "\n" + $0.text } ?? ""))
    for reason in verdict.reasons { tool.errors.print("warning: not converged: \(reason)") }
    return .done
  }

  private static func positive(
    _ option: String, _ arguments: Arguments, _ hint: String
  ) throws(Diagnostics) -> Double? {
    guard let text = arguments.value(option) else { return nil }
    guard let number = Double(text), number > 0, number.isFinite else {
      throw Diagnostics(error: "`\(option)` takes a positive number, not `\(text)`", hint: hint)
    }
    return number
  }

  private static func json(
    _ series: SeriesAssessment, _ verdict: ConvergenceVerdict, _ bins: BinningAnalysis?
  ) -> String {
    var record: Record = [
      "mean": .number(series.mean), "error": .number(series.error),
      "tau": .number(series.tau), "tauError": .number(series.tauError),
      "effectiveSamples": .number(series.effectiveSamples),
      "window": .integer(series.analysis.window),
      "rHat": series.rHat.flatMap { $0.isFinite ? .number($0) : nil } ?? .null,
      "converged": .boolean(verdict.isConverged),
      "doubts": .list(verdict.reasons.map(Value.text)),
    ]
    if let bins { record["bins"] = bins.json }
    return Value.record(record).json()
  }

  private static func words(_ series: SeriesAssessment, _ verdict: ConvergenceVerdict) -> String {
    let rHat = series.rHat.map { "\($0)" } ?? "none: replicas of unequal or too small length"
    return """
      mean               \(ValueNotation(series.mean, error: series.error).plainText)
      tau                \(ValueNotation(series.tau, error: series.tauError).plainText)
      effective samples  \(Int(series.effectiveSamples.rounded())) of \(series.analysis.count)
      window             \(series.analysis.window)
      split R-hat        \(rHat)
      converged          \(verdict.isConverged ? "yes" : "no")
      """
  }
}
