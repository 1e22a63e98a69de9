internal import Artifacts
internal import Learning
internal import MonteCarlo
internal import Randomness

/// The optimisers' states of all phases so far, the last one perhaps between two steps, in the same
/// archive as a chain's.
struct TrainingCheckpoint {
  let states: [TrainingState]

  init(_ states: [TrainingState]) { self.states = states }

  func save(to slots: CheckpointSlots) throws {
    let chains = states.enumerated().map { phase, state in Self.encoded(state, phase) }
    let rows = [[Double]](repeating: [], count: chains.count)
    var slots = slots
    try slots.save(ChainArchive(states: chains, rows: rows, steps: chains.count).encode())
  }

  /// nil when there is none, or none that fits.
  init?(loading slots: CheckpointSlots) {
    guard let bytes = slots.load(), let archive = try? ChainArchive(decoding: bytes) else {
      return nil
    }
    let states = archive.states.enumerated().compactMap { phase, chain in
      Self.decoded(chain, phase)
    }
    guard states.count == archive.states.count else { return nil }
    self.init(states)
  }

  private static func encoded(_ state: TrainingState, _ phase: Int) -> ChainState {
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
    return chain
  }

  private static func decoded(_ chain: ChainState, _ phase: Int) -> TrainingState? {
    guard let parameters = chain.reals["parameters"],
      let numbers = chain.reals["numbers"], numbers.count == 2,
      let words = chain.words["counters"], words.count >= 3, words[0] == UInt64(phase)
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
    return state
  }
}
