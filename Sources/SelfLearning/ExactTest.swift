internal import MonteCarlo
internal import Randomness

/// The chain's present configuration with its exact weight.
struct Present: Equatable {
  var field: Field
  var logWeight: Double
  /// ln W_eff of the last model of the cascade.
  var logWeightEffective: Double
  var observables: [Double]
  /// False between an accepted proposal and the next measurement.
  var isObserved = true
}

/// What one proposal did, or several together.
struct Proposal {
  var accepted = 0
  /// ln of W(S') W_eff(S) / (W(S) W_eff(S')); 0 when the cascade proposed S itself.
  var logRatio = 0.0
  var innerAcceptance = 0.0
  /// Steps of the inner algorithm.
  var innerSteps = 0
  var exactEvaluations = 0
  var innerTime = ChainTime.zero
  var exactTime = ChainTime.zero

  mutating func add(_ next: Proposal) {
    accepted += next.accepted
    logRatio = next.logRatio
    innerAcceptance += next.innerAcceptance
    innerSteps += next.innerSteps
    exactEvaluations += next.exactEvaluations
    innerTime = innerTime + next.innerTime
    exactTime = exactTime + next.exactTime
  }
}

/// The exact test: whatever the effective models are, the chain of `present` is in detailed
/// balance with the exact weight.
///
/// Accepts S' of the cascade with min(1, W(S') W_eff(S) / (W(S) W_eff(S'))) (Liu et al. 2017).
struct ExactTest {
  let action: any Action
  let measurement: any Measurement
  let cascade: Cascade
  /// Proposals and decisions draw from streams of their own.
  var innerStream: RandomStream
  var testStream: RandomStream
  let clock: (() -> ChainTime)?

  init(
    _ system: any PhysicalSystem, _ cascade: Cascade, random: RandomStream,
    clock: (() -> ChainTime)?
  ) {
    action = system.makeAction()
    measurement = system.makeMeasurement()
    self.cascade = cascade
    self.clock = clock
    innerStream = random.substream(0)
    testStream = random.substream(1)
  }

  /// The exact weight and the observables of a field.
  func measure(_ field: Field) -> Present {
    cascade.top.reset(to: field)
    var present = Present(
      field: field, logWeight: action.logWeight(field),
      logWeightEffective: cascade.top.logWeight, observables: [], isObserved: false)
    observe(&present)
    return present
  }

  /// Observables take a diagonalisation where ln W alone may not, so only recorded configurations
  /// are measured. Their ln W stays the one that the test has used.
  func observe(_ present: inout Present) {
    guard !present.isObserved else { return }
    _ = measurement.measure(present.field, into: &present.observables)
    present.isObserved = true
  }

  mutating func propose(from present: inout Present) -> Proposal {
    var proposal = Proposal()
    let start = now
    // Also after an accepted proposal: a chain restored from its field starts here as well.
    cascade.top.reset(to: present.field)
    present.logWeightEffective = cascade.top.logWeight
    let walk = cascade.top.walk(using: &innerStream)
    proposal.innerAcceptance = walk.acceptance
    proposal.innerSteps = cascade.bottom.length * cascade.repeats
    let middle = now
    proposal.innerTime = middle - start
    if cascade.top.field != present.field {
      let logWeight = action.logWeight(cascade.top.field)
      proposal.exactEvaluations = 1
      proposal.logRatio = (logWeight - present.logWeight) + walk.logCorrection
      if accepts(proposal.logRatio, using: &testStream) {
        proposal.accepted = 1
        present.field = cascade.top.field
        present.logWeight = logWeight
        present.logWeightEffective = cascade.top.logWeight
        present.isObserved = false
      }
    }
    proposal.exactTime = now - middle
    return proposal
  }

  var now: ChainTime { clock?() ?? .zero }
}
