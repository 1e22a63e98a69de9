#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The tests of a series, each with the sentence that tells of it and the replica that is to blame.
extension SeriesAssessment {
  static func drift(_ replicas: [[Double]], tail: Double?) -> Suspicion? {
    guard let start = Thermalisation(replicas: replicas, tail: tail) else { return nil }
    let whose = replicas.count > 1 ? ", most of all in replica \(start.replica)" : ""
    let advice =
      start.discard.map { "leave out the first \($0) rows" }
      ?? "no cut of up to 40 % of the rows mends it"
    return Suspicion(
      probability: start.probability,
      reason: "the chain drifts: its first \(rounded(100 * start.share)) % lie "
        + "\(rounded(abs(start.drift))) errors off its last half\(whose); \(advice)")
  }

  /// A replica that never moved while others did: q^n with q the share that its value has among the
  /// samples of the others, and n its independent samples.
  static func stuck(_ replicas: [[Double]], tau: Double) -> Suspicion? {
    let still = replicas.indices.filter { place in
      replicas[place].allSatisfy { $0 == replicas[place][0] }
    }
    let found = still.map { place -> (place: Int, probability: Double) in
      var (equal, count) = (0.0, 0.0)
      for other in replicas.indices where other != place {
        count += Double(replicas[other].count)
        equal += Double(replicas[other].count { $0 == replicas[place][0] })
      }
      return (place, pow(equal / count, Double(replicas[place].count) / max(2 * tau, 1)))
    }
    guard let worst = found.min(by: { $0.probability < $1.probability }) else { return nil }
    return Suspicion(
      probability: min(1, Double(replicas.count) * worst.probability),
      reason: "replica \(worst.place) is stuck: every sample is \(replicas[worst.place][0])")
  }

  /// chi^2 of the replicas' means about the common one.
  static func disagreement(
    _ replicas: [[Double]], _ analysis: AutocorrelationAnalysis, window: SummationWindow,
    tail: Double?
  ) -> Suspicion? {
    guard replicas.count > 1,
      let within = LongRunVariance(within: replicas, window: window, tail: tail)
    else { return nil }
    let agreement = within.agreement(
      of: analysis.replicaMeans, counts: analysis.replicaLengths)
    return Suspicion(
      probability: agreement.probability,
      reason: "replicas disagree: the mean of replica \(agreement.worst) lies "
        + "\(rounded(agreement.distance)) errors off the others")
  }

  static func splitRHat(_ replicas: [[Double]], tail: Double?) -> SplitRHat? {
    guard Set(replicas.map(\.count)).count == 1,
      replicas[0].count >= ReplicaDiagnostics.minimumLength
    else { return nil }
    return SplitRHat(replicas: replicas, tail: tail)
  }

  /// R-hat above its limit, and above what a sound chain of these effective samples has.
  static func excess(_ rHat: SplitRHat, replicas: Int) -> Suspicion? {
    guard !(rHat.value <= largestRHat) else { return nil }
    let who =
      replicas > 1
      ? "replicas disagree, most of all replica \(rHat.replica)" : "its halves disagree"
    return Suspicion(
      probability: rHat.probability,
      reason: "R-hat is \(rounded(rHat.value)), above \(rounded(largestRHat)): \(who)")
  }

  static func slowness(_ bins: BinScatter, _ tau: Double) -> Suspicion {
    Suspicion(
      probability: bins.probability,
      reason: "the means of \(bins.count) bins scatter more than tau = \(rounded(tau)) explains: "
        + "something slow lies under fast noise; the error is that of the bins")
  }
}

/// Three decimals at most, for a sentence.
func rounded(_ x: Double) -> String {
  guard x.isFinite, abs(x) < 1e15 else { return "\(x)" }
  let value = (x * 1000).rounded() / 1000
  return value == value.rounded() ? "\(Int(value))" : "\(value)"
}
