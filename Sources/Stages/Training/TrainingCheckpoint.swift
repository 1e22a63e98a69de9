internal import Artifacts
internal import MonteCarlo
internal import Randomness
internal import SelfLearning

/// An optimiser's state between two steps, in the same archive as a chain's.
struct TrainingCheckpoint {
  let phase: Int
  let state: TrainingState

  init(phase: Int, state: TrainingState) {
    self.phase = phase
    self.state = state
  }

  func save(to slots: CheckpointSlots) throws {
    var chain = ChainState()
    chain.reals["parameters"] = state.parameters
    chain.reals["best"] = state.best
    chain.reals["firstMoment"] = state.firstMoment
    chain.reals["secondMoment"] = state.secondMoment
    chain.reals["numbers"] = [state.bestError, state.damping]
    chain.reals["curve"] = state.curve.flatMap {
      [Double($0.step), $0.trainingError, $0.heldOutError]
    }
    var words = [phase, state.step, state.sinceBest].map { UInt64($0) }
    if let random = state.random { words += [random.key, random.nonce, random.position] }
    chain.words["counters"] = words
    var slots = slots
    try slots.save(ChainArchive(states: [chain], rows: [[]], steps: phase).encode())
  }

  /// nil when there is none, or none that fits.
  init?(loading slots: CheckpointSlots) {
    guard let bytes = slots.load(), let archive = try? ChainArchive(decoding: bytes),
      let chain = archive.states.first, let parameters = chain.reals["parameters"],
      let numbers = chain.reals["numbers"], numbers.count == 2,
      let words = chain.words["counters"], words.count >= 3
    else { return nil }
    var state = TrainingState(parameters: parameters, damping: numbers[1])
    state.bestError = numbers[0]
    state.best = chain.reals["best"] ?? []
    state.firstMoment = chain.reals["firstMoment"] ?? []
    state.secondMoment = chain.reals["secondMoment"] ?? []
    let curve = chain.reals["curve"] ?? []
    state.curve = stride(from: 0, to: curve.count - 2, by: 3).map {
      LearningPoint(
        step: Int(curve[$0]), trainingError: curve[$0 + 1], heldOutError: curve[$0 + 2])
    }
    state.step = Int(words[1])
    state.sinceBest = Int(words[2])
    if words.count == 6 {
      state.random = RandomStream.State(key: words[3], nonce: words[4], position: words[5])
    }
    self.init(phase: Int(words[0]), state: state)
  }
}
