internal import Diagnostics
internal import Manifest
internal import MonteCarlo
internal import Pipeline
internal import Statistics
package import Values

/// What a chain runs until: an observable known to a relative error.
///
/// The chain looks at its own rows at fixed lengths, which depend on nothing, so where it stops is
/// part of what it is: the same after a kill, an extension or a cut, and for every larger limit.
package struct ConvergenceTarget {
  let observable: String
  let relativeError: Double

  /// The field of a chain's group that asks for it.
  static let field = FieldSchema(
    "until",
    .either([
      .choice(["never"]),
      .record(
        GroupSchema(
          "until", "A target for the error of an observable.",
          fields: [
            FieldSchema("observable", .text, "a number recorded at every step"),
            FieldSchema(
              "relativeError", .number(Interval(0, 1, includesLowest: false)),
              "error of its mean over the mean, autocorrelation included, all replicas together"),
          ])),
    ]), default: .text("never"), role: .goal,
    "ends the chain where an observable is known well enough, at its length at the latest; a chain "
      + "that ends there without is marked, and `run` exits with 5")

  /// nil where the chain runs to its length.
  package init?(_ settings: Record) {
    guard let until = settings["until"]?.record, let observable = until["observable"]?.text,
      let relativeError = until["relativeError"]?.number
    else { return nil }
    self.observable = observable
    self.relativeError = relativeError
  }

  /// Lengths at which a chain looks: 64, 80, 96, 112, 128, 160, …, four for each doubling, then its
  /// limit. A chain runs at most a fifth beyond the first length that would have done.
  static func lengths(upTo limit: Int) -> [Int] {
    var lengths: [Int] = []
    var octave = 64
    while octave < limit {
      lengths += (4..<8).map { octave / 4 * $0 }.filter { $0 < limit }
      guard octave <= Int.max / 4 else { break }
      octave *= 2
    }
    return lengths + [limit]
  }

  /// What the first steps of all replicas say.
  package struct Outcome {
    let length: Int
    let mean: Double
    let error: Double
    /// Why the error is not to be trusted yet, if it is not.
    package let doubt: String?

    var relativeError: Double { mean == 0 ? .infinity : error / abs(mean) }
  }

  package func outcome(of replicas: [[Double]]) -> Outcome {
    let length = replicas.first?.count ?? 0
    guard replicas.contains(where: { replica in replica.contains { $0 != replica.first } }) else {
      return Outcome(
        length: length, mean: replicas.first?.first ?? .nan, error: .infinity,
        doubt: "it never changed, so it has no error")
    }
    do {
      let assessment = try SeriesAssessment(replicas: replicas)
      return Outcome(
        length: length, mean: assessment.mean, error: assessment.error,
        doubt: ConvergenceVerdict(assessment).reasons.first)
    } catch {
      return Outcome(length: length, mean: .nan, error: .infinity, doubt: "\(error)")
    }
  }

  package func isReached(by outcome: Outcome) -> Bool {
    outcome.doubt == nil && outcome.relativeError <= relativeError
  }

  /// Why a chain did not get there, for `status`.
  func doubt(about outcome: Outcome) -> String {
    let error =
      outcome.relativeError.isFinite
      ? "has relative error \(Self.short(outcome.relativeError))" : "has no relative error"
    return
      "\(observable) \(error) after \(outcome.length) steps where \(relativeError) was asked for"
      + (outcome.doubt.map { "; \($0)" } ?? "")
  }

  /// Three significant digits.
  private static func short(_ number: Double) -> String {
    var scale = 1.0
    while number * scale < 100 && scale < 1e15 { scale *= 10 }
    return "\((number * scale).rounded() / scale)"
  }

  /// Names that a chain records of a system, where the manifest's is none of them.
  static func misfits(
    in parameters: Record, group: String, also names: [String], _ book: TheoryBook
  ) -> [Misfit] {
    guard let settings = parameters[group]?.record, let target = Self(settings),
      let described = parameters["system"]?.record, let system = try? book.makeSystem(described)
    else { return [] }
    let known = ["logWeight"] + system.observables.map(\.name) + names
    guard !known.contains(target.observable) else { return [] }
    let isDerived = system.derived.contains { $0.observable.name == target.observable }
    return [
      Misfit(
        [group, "until", "observable"],
        isDerived
          ? "`\(target.observable)` is a function of means and has no value at a single step"
          : "the chain records no `\(target.observable)`",
        hint: isDerived ? nil : suggestion(for: target.observable, in: known))
    ]
  }
}
