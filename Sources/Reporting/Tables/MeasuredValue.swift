/// A number with the statistical facts that say how far it may be trusted.
///
/// Only `value` is required: a derived quantity may have an error but no autocorrelation time, an
/// exact one neither.
public struct MeasuredValue: Sendable, Hashable {
  /// The estimate.
  public var value: Double
  /// One standard error, autocorrelation included; nil where none is known, 0 for an exact value.
  public var error: Double?
  /// The integrated autocorrelation time in units of the series' step (1/2 when uncorrelated).
  public var autocorrelationTime: Double?
  /// One standard error of the autocorrelation time.
  public var autocorrelationTimeError: Double?
  /// The effective number of independent samples.
  public var effectiveSamples: Double?
  /// False when the diagnostics of the chain did not pass; nil where the question has no meaning.
  public var isConverged: Bool?
  /// Why they did not, in words; empty where they did or nothing is known.
  public var doubts: String
  /// The key of the artifact the number was read from.
  public var artifact: String?

  /// A measured value with whatever is known about it.
  public init(
    _ value: Double, error: Double? = nil, autocorrelationTime: Double? = nil,
    autocorrelationTimeError: Double? = nil, effectiveSamples: Double? = nil,
    isConverged: Bool? = nil, doubts: String = "", artifact: String? = nil
  ) {
    self.value = value
    self.error = error
    self.autocorrelationTime = autocorrelationTime
    self.autocorrelationTimeError = autocorrelationTimeError
    self.effectiveSamples = effectiveSamples
    self.isConverged = isConverged
    self.doubts = doubts
    self.artifact = artifact
  }

  /// The value in `value(error)` notation.
  public var notation: ValueNotation { ValueNotation(value, error: error) }

  /// The autocorrelation time in `value(error)` notation, nil where none is known.
  public var autocorrelationTimeNotation: ValueNotation? {
    autocorrelationTime.map { ValueNotation($0, error: autocorrelationTimeError) }
  }
}
