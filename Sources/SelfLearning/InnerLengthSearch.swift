#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Finds the inner length with the lowest cost per independent sample, from counts alone.
///
/// For each candidate, a number of true proposals gives the mean squared jump of every observable
/// over k of them, and so the decay of an exponential that loses as much in k steps:
///     1 - rho(k) = <(O(t + k) - O(t))^2> / (2 Var O),  r^k = rho(k),  tau = (1 + r) / (2 (1 - r)).
/// The slowest observable and k in 1, 4, 16 decide (a longer k only where rho(k) stands out of the
/// noise): cost = 2 tau (length * relativeCost + evaluations) in exact evaluations per independent
/// sample. Rejected proposals are jumps of zero, so a low acceptance shows up as a long tau.
struct InnerLengthSearch {
  struct Choice: Equatable {
    var length: Int
    var tau: Double
    var cost: Double
  }

  let relativeCost: Double
  let maximum: Int

  /// `propose` makes one proposal of that inner length and returns the values after it.
  func run(
    _ proposals: Int, propose: (Int) -> (Proposal, [Double])
  ) -> Choice {
    var trials: [Trial] = []
    var length = 1
    while length <= maximum {
      trials.append(Trial(length: length))
      length *= 2
    }
    var moments = Moments()
    // Twice, the second time backwards: what is left of the start must not favour one end.
    for order in [Array(trials.indices), trials.indices.reversed()] {
      for index in order {
        trials[index].begin()
        for _ in 0..<(proposals / 2) {
          let (proposal, values) = propose(trials[index].length)
          trials[index].add(proposal, values, relativeCost: relativeCost)
          moments.add(values)
        }
      }
    }
    let variances = moments.variances
    let choices = trials.map { $0.choice(variances) }
    // Of equal costs the shorter walk.
    return choices.dropFirst().reduce(choices[0]) { $1.cost < $0.cost ? $1 : $0 }
  }
}

/// What was seen with one inner length.
private struct Trial {
  let length: Int
  var cost = 0.0
  /// Values after each proposal, by round.
  var rounds: [[[Double]]] = []

  init(length: Int) { self.length = length }

  mutating func begin() { rounds.append([]) }

  mutating func add(_ proposal: Proposal, _ values: [Double], relativeCost: Double) {
    rounds[rounds.count - 1].append(values)
    cost += Double(proposal.innerSteps) * relativeCost + Double(proposal.exactEvaluations)
  }

  func choice(_ variances: [Double]) -> InnerLengthSearch.Choice {
    var slowest = 0.5
    for (index, variance) in variances.enumerated() where variance > 0 {
      slowest = max(slowest, tau(index, variance))
    }
    let count = rounds.reduce(0) { $0 + $1.count }
    return .init(length: length, tau: slowest, cost: 2 * slowest * cost / Double(count))
  }

  private func tau(_ index: Int, _ variance: Double) -> Double {
    var slowest = 0.5
    for k in [1, 4, 16] where rounds.allSatisfy({ 4 * k < $0.count }) {
      var (square, pairs) = (0.0, 0.0)
      for rows in rounds {
        for t in k..<rows.count {
          let jump = rows[t][index] - rows[t - k][index]
          square += jump * jump
          pairs += 1
        }
      }
      // Fewer jumps than one in the whole trial cannot be told from none.
      let lost = min(max(square / pairs / (2 * variance), 1 / pairs), 1)
      if k > 1 && lost > 0.6 { break }
      let r = pow(1 - lost, 1 / Double(k))
      slowest = max(slowest, (1 + r) / (2 * (1 - r)))
    }
    return slowest
  }
}

/// Running variances (Welford 1962), over the trials of all lengths: they share one equilibrium.
private struct Moments {
  var count = 0.0
  var means: [Double] = []
  var sums: [Double] = []

  mutating func add(_ values: [Double]) {
    if means.isEmpty {
      means = [Double](repeating: 0, count: values.count)
      sums = means
    }
    count += 1
    for i in values.indices {
      let shift = values[i] - means[i]
      means[i] += shift / count
      sums[i] += shift * (values[i] - means[i])
    }
  }

  /// Zero for a value that varies by rounding only, as a density fixed by symmetry does.
  var variances: [Double] {
    zip(sums, means).map { sum, mean in
      let variance = sum / max(count - 1, 1)
      return variance > 1e-20 * mean * mean ? variance : 0
    }
  }
}
