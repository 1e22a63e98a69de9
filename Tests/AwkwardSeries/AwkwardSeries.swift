internal import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Series that a verdict has to tell apart, each with a known mean (0) and what is wrong with it.
public enum AwkwardSeries: String, CaseIterable, Sendable {
  case independent, correlated, oscillating, heavyTails, twoScales, drifting, disagreeing, stuck,
    short

  /// Part of the sentence that names what is wrong; nil for a sound series.
  public var doubt: String? {
    switch self {
    case .independent, .correlated, .oscillating, .heavyTails: nil
    case .twoScales: "bins scatter more than tau"
    case .drifting: "the chain drifts"
    case .disagreeing: "replicas disagree: the mean of replica 2 lies"
    case .stuck: "replica 1 is stuck"
    case .short: "tau long where 50 are needed"
    }
  }

  /// Four replicas of 4000 samples with unit variance.
  public func sample(
    replicas: Int = 4, length: Int = 4000, key: UInt64 = 1, nonce: UInt64 = 0
  ) -> [[Double]] {
    var random = RandomStream(key: key, nonce: nonce)
    return (0..<replicas).map { sample($0, length, &random) }
  }

  private func sample(_ replica: Int, _ length: Int, _ random: inout RandomStream) -> [Double] {
    switch self {
    case .independent: return Self.white(length, &random)
    case .correlated: return Self.relaxing(tau: 5, length, &random)
    case .oscillating: return Self.secondOrder(1.5, -0.8, length, &random)
    case .heavyTails: return (0..<length).map { _ in Self.student3(&random) }
    case .twoScales:
      let fast = Self.white(length, &random)
      return zip(fast, Self.relaxing(tau: 50, length, &random)).map {
        0.96.squareRoot() * $0 + 0.2 * $1
      }
    case .drifting:
      return Self.relaxing(tau: 3, length, &random).enumerated().map { step, x in
        x + 1.5 * exp(-Double(step) / (0.05 * Double(length)))
      }
    case .disagreeing:
      let shift = replica == 2 ? 8 * (6 / Double(length)).squareRoot() : 0
      return Self.relaxing(tau: 3, length, &random).map { $0 + shift }
    case .stuck:
      let series = Self.relaxing(tau: 3, length, &random)
      return replica == 1 ? series.map { _ in 0.25 } : series
    case .short: return Self.relaxing(tau: Double(length) / 40, length, &random)
    }
  }
}

extension AwkwardSeries {
  private static func white(_ length: Int, _ random: inout RandomStream) -> [Double] {
    (0..<length).map { _ in random.normalPair().0 }
  }

  /// AR(1) with this integrated autocorrelation time, stationary from its first sample.
  private static func relaxing(
    tau: Double, _ length: Int, _ random: inout RandomStream
  ) -> [Double] {
    let a = (2 * tau - 1) / (2 * tau + 1)
    var x = random.normalPair().0
    return (0..<length).map { _ in
      x = a * x + (1 - a * a).squareRoot() * random.normalPair().0
      return x
    }
  }

  private static func secondOrder(
    _ a: Double, _ b: Double, _ length: Int, _ random: inout RandomStream
  ) -> [Double] {
    let first = a / (1 - b)
    let sigma = (1 - a * first - b * (a * first + b)).squareRoot()
    var (older, old) = (0.0, 0.0)
    let all = (0..<(length + 500)).map { _ -> Double in
      (older, old) = (old, a * old + b * older + sigma * random.normalPair().0)
      return old
    }
    return Array(all.suffix(length))
  }

  /// Student's t with three degrees of freedom: a variance, but no fourth moment.
  private static func student3(_ random: inout RandomStream) -> Double {
    let (x, a) = random.normalPair()
    let (b, c) = random.normalPair()
    return x / (a * a + b * b + c * c).squareRoot()
  }
}
