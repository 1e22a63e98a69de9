internal import Diagnostics
internal import FileSystem
internal import HDF5
internal import Reporting
internal import Statistics
internal import Values

enum AutocorrelationVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "autocorrelation", "mean, error and autocorrelation time of a series of yours",
    details: """
      The series is a dataset (length) or (replicas, length) of an HDF5 file, or text: one number per
      line, or one column per replica separated by commas or blanks; `-` reads standard input.
      tau_int = 1/2 + sum rho(t) with the automatic window of Wolff (2004). A series shorter than 50 tau, or
      replicas with a split R-hat above 1.05, are called not converged, with the reason.
      """,
    positionals: [.init("FILE.h5:/PATH | FILE.csv | -")],
    options: [
      .json, .init("--stretch", "S", "S of the automatic window (default 1.5)"),
      .init("--discard", "N", "leave out the first N samples of every replica"),
    ],
    examples: [
      "slmc autocorrelation chain.h5:/chain/energy",
      "python3 -c 'import random; [print(random.gauss(0, 1)) for _ in range(1000)]' | slmc autocorrelation -",
    ])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    let text = arguments.positionals[0]
    var replicas = try text.contains(":/") ? hdf5(text) : columns(text)
    let discard = try arguments.integer("--discard", atLeast: 0) ?? 0
    replicas = replicas.map { Array($0.dropFirst(discard)) }
    let wanted = arguments.value("--stretch") ?? "1.5"
    guard let stretch = Double(wanted), stretch > 0, stretch.isFinite else {
      throw Diagnostics(
        error: "`--stretch` takes a positive number, not `\(wanted)`", hint: "as in --stretch 1.5")
    }
    let analysis: AutocorrelationAnalysis
    do {
      analysis = try AutocorrelationAnalysis(
        replicas: replicas, window: .automatic(stretch: stretch))
    } catch {
      throw VerbFailure("\(spoken(text)): \(error)", .usage)
    }
    let rHat = (try? ReplicaDiagnostics(replicas: replicas))?.rHat
    let verdict = ConvergenceVerdict(analysis, rHat: rHat)
    tool.output.print(
      arguments.has("--json")
        ? json(analysis, rHat, verdict) : words(analysis, rHat, verdict))
    for reason in verdict.reasons { tool.errors.print("warning: not converged: \(reason)") }
    return .done
  }

  private static func hdf5(_ text: String) throws -> [[Double]] {
    let place = try DatasetPlace(text).checked()
    do {
      let file = try HDF5File(opening: place.file)
      let shape = try file.shape(of: place.path)
      let values = try file.doubles(at: place.path)
      switch shape.count {
      case 1: return [values]
      case 2: return (0..<shape[0]).map { Array(values[($0 * shape[1])..<(($0 + 1) * shape[1])]) }
      default:
        throw Diagnostics(
          error: "\(text) has the shape \(shape), but must be (length) or (replicas, length)")
      }
    } catch let error as HDF5Error {
      throw Diagnostics(error: "\(error)")
    }
  }

  /// The series as messages call it.
  private static func spoken(_ name: String) -> String { name == "-" ? "standard input" : name }

  /// One sample per line; several columns are several replicas. A first line of names is skipped.
  private static func columns(_ name: String) throws -> [[Double]] {
    let bytes = try readOrExplain(Path(name == "-" ? "/dev/stdin" : name))
    func mistake(_ message: String, at place: Int) -> Diagnostics {
      Diagnostics([
        SourceText(file: spoken(name), bytes: bytes).error(message, line: place + 1, column: 1)
      ])
    }
    var replicas: [[Double]] = []
    var isFirst = true
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let words = line.split { $0 == "," || $0 == " " || $0 == "\t" || $0 == ";" || $0 == "\r" }
      guard !words.isEmpty, words[0].first != "#" else { continue }
      let values = words.compactMap { Double($0) }
      defer { isFirst = false }
      guard values.count == words.count else {
        if isFirst { continue }
        throw mistake("not a number", at: number)
      }
      if replicas.isEmpty { replicas = Array(repeating: [], count: values.count) }
      guard values.count == replicas.count else {
        throw mistake(
          "\(values.count) columns where the lines above have \(replicas.count)", at: number)
      }
      for (replica, value) in values.enumerated() { replicas[replica].append(value) }
    }
    return replicas
  }

  private static func json(
    _ analysis: AutocorrelationAnalysis, _ rHat: Double?, _ verdict: ConvergenceVerdict
  ) -> String {
    Value.record([
      "mean": .number(analysis.mean), "error": .number(analysis.error),
      "tau": .number(analysis.tau), "tauError": .number(analysis.tauError),
      "effectiveSamples": .number(analysis.effectiveSamples),
      "window": .integer(analysis.window),
      "rHat": rHat.flatMap { $0.isFinite ? .number($0) : nil } ?? .null,
      "converged": .boolean(verdict.isConverged),
      "doubts": .list(verdict.reasons.map(Value.text)),
    ]).json()
  }

  private static func words(
    _ analysis: AutocorrelationAnalysis, _ rHat: Double?, _ verdict: ConvergenceVerdict
  ) -> String {
    """
    mean               \(ValueNotation(analysis.mean, error: analysis.error).plainText)
    tau                \(ValueNotation(analysis.tau, error: analysis.tauError).plainText)
    effective samples  \(Int(analysis.effectiveSamples.rounded())) of \(analysis.count)
    window             \(analysis.window)
    split R-hat        \(rHat.map { "\($0)" } ?? "none: replicas of unequal or too small length")
    converged          \(verdict.isConverged ? "yes" : "no")
    """
  }
}
