/// Whether a number may be used, and if not, why. What is not converged is marked wherever it is
/// shown and never used silently.
public struct ConvergenceVerdict: Sendable, Equatable {
  /// One sentence for each thing that is wrong; empty if converged.
  public let reasons: [String]
  /// Whether nothing speaks against it.
  public var isConverged: Bool { reasons.isEmpty }

  /// Chance that a sound chain is called suspicious at all, however many of its numbers are tested
  /// in however many ways.
  public static let level = 0.01

  /// A verdict with its reasons.
  public init(reasons: [String]) { self.reasons = reasons }

  /// On a number that stands alone.
  public init(_ assessment: SeriesAssessment) { self = Self.together([assessment])[0] }

  /// On all numbers of one chain: Holm's adjustment over all tests of all of them, so that one in
  /// twenty does not fail by chance.
  public static func together(_ assessments: [SeriesAssessment]) -> [ConvergenceVerdict] {
    let adjusted = MultipleTesting.holm.adjust(
      assessments.flatMap { $0.suspicions.map(\.probability) })
    var place = 0
    return assessments.map { assessment in
      let found = assessment.suspicions.filter { _ in
        defer { place += 1 }
        return !(adjusted[place] >= level)
      }
      return ConvergenceVerdict(reasons: assessment.faults + found.map(\.reason))
    }
  }
}
