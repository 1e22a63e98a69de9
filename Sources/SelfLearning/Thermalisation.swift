public import MonteCarlo

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension SelfLearningChain {
  /// Tunes the step, chooses the inner length, freezes both and walks to equilibrium. Nothing of
  /// this is recorded, and nothing is tuned after it.
  public func thermalise() throws(FieldError) {
    guard frozen == nil else { return }
    var choices = FrozenChoices(innerLength: 1, step: cascade.bottom.step)
    choices.innerAcceptance = try tuneStep()
    choices.step = cascade.bottom.step
    switch parameters.innerLength {
    case .fixed(let length):
      choices.innerLength = length
    case .automatic(let relativeCost, let maximum):
      // The tuned walk has ended in the model's equilibrium; the search needs the exact one.
      cascade.bottom.length = min(maximum, 8)
      for _ in 0..<parameters.trialProposals { _ = test.propose(from: &present) }
      let best = InnerLengthSearch(relativeCost: relativeCost, maximum: maximum)
        .run(parameters.trialProposals) { length in
          self.cascade.bottom.length = length
          let proposal = self.test.propose(from: &self.present)
          self.test.observe(&self.present)
          return (proposal, [self.present.logWeight] + self.present.observables)
        }
      choices.innerLength = best.length
      choices.estimatedTau = best.tau
      choices.estimatedCost = best.cost
    }
    cascade.bottom.length = choices.innerLength
    var accepted = 0
    for _ in 0..<parameters.thermalisation { accepted += test.propose(from: &present).accepted }
    test.observe(&present)
    choices.acceptance = Double(accepted) / Double(max(parameters.thermalisation, 1))
    frozen = choices
  }

  /// Walks in the cheapest model alone, which also brings the start near its equilibrium, and
  /// moves the width towards the middle of the useful acceptances. Returns the acceptance of the
  /// last batches.
  private func tuneStep() throws(FieldError) -> Double {
    let walker = cascade.bottom
    let target = parameters.inner.targetAcceptance
    walker.reset(to: present.field)
    walker.length = 4
    var tail = (sum: 0.0, count: 0.0)
    var everMoved = parameters.tuningBatches == 0
    for batch in 0..<parameters.tuningBatches {
      let acceptance = walker.walk(using: &test.innerStream).acceptance
      everMoved = everMoved || acceptance > 0
      if let step = walker.step {
        walker.step = step * exp(2 * (acceptance - target) / Double(batch + 1).squareRoot())
      }
      if batch >= parameters.tuningBatches / 2 {
        tail.sum += acceptance
        tail.count += 1
      }
    }
    guard everMoved else {
      throw FieldError(
        "the inner chain never moves: none of \(4 * parameters.tuningBatches) sweeps in the "
          + "effective model accepted an update; its energies are too large for the temperature")
    }
    // The start of the exact chain: where the model likes to be.
    if parameters.tuningBatches > 0 { present = test.measure(walker.field) }
    guard present.logWeight.isFinite, present.logWeightEffective.isFinite else {
      throw FieldError("the inner chain left the range where the weights are finite")
    }
    return tail.count > 0 ? tail.sum / tail.count : 0
  }
}

extension InnerAlgorithm {
  /// Near the optima for single sites (1/2) and for trajectories (0.8; Neal 2011).
  var targetAcceptance: Double {
    switch self {
    case .local: 0.5
    case .hamiltonian: 0.8
    }
  }
}
