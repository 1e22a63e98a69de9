/// Finds the inner length with the lowest cost per independent sample, from counts alone.
///
/// For each candidate, a number of true proposals gives the mean squared jump of every observable;
///     1 - rho(1) = <(O' - O)^2> / (2 Var O),   tau = (1 + rho(1)) / (2 (1 - rho(1))),
/// and the slowest observable decides: cost = 2 tau (length * relativeCost + evaluations) in exact
/// evaluations per independent sample. Rejected proposals are jumps of zero, so a low acceptance
/// shows up as a long tau.
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
    var moments = Moments()
    var length = 1
    while length <= maximum {
      var trial = Trial(length: length)
      var old = propose(length).1
      for _ in 1..<proposals {
        let (proposal, new) = propose(length)
        trial.add(proposal, from: old, to: new, relativeCost: relativeCost)
        moments.add(new)
        old = new
      }
      trials.append(trial)
      length *= 2
    }
    let variances = moments.variances
    let choices = trials.map { $0.choice(variances) }
    // Of equal costs the shorter walk.
    return choices.dropFirst().reduce(choices[0]) { $1.cost < $0.cost ? $1 : $0 }
  }
}

/// The jumps seen with one inner length.
private struct Trial {
  let length: Int
  var count = 0.0
  var cost = 0.0
  var squares: [Double] = []

  init(length: Int) { self.length = length }

  mutating func add(
    _ proposal: Proposal, from old: [Double], to new: [Double], relativeCost: Double
  ) {
    if squares.isEmpty { squares = [Double](repeating: 0, count: new.count) }
    for i in new.indices { squares[i] += (new[i] - old[i]) * (new[i] - old[i]) }
    cost += Double(proposal.innerSteps) * relativeCost + Double(proposal.exactEvaluations)
    count += 1
  }

  func choice(_ variances: [Double]) -> InnerLengthSearch.Choice {
    var slowest = 0.5
    for (square, variance) in zip(squares, variances) where variance > 0 {
      // Fewer jumps than one in the whole trial cannot be told from none.
      let decay = min(max(square / count / (2 * variance), 1 / count), 1)
      slowest = max(slowest, (2 - decay) / (2 * decay))
    }
    return .init(length: length, tau: slowest, cost: 2 * slowest * cost / max(count, 1))
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

  var variances: [Double] { sums.map { $0 / max(count - 1, 1) } }
}
