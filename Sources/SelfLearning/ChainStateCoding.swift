internal import Lattice
public import MonteCarlo
internal import Randomness

extension SelfLearningChain {
  /// Field, weights, both streams and everything frozen. Weights and observables are saved rather
  /// than recomputed, so that another CPU's last bits cannot enter in the middle of a chain.
  public var state: ChainState {
    ChainState(
      reals: [
        "field": present.field.values,
        "logWeight": [present.logWeight],
        "observables": present.observables,
        "frozen": frozen?.numbers ?? [],
      ],
      words: [
        "innerStream": test.innerStream.state.words,
        "testStream": test.testStream.state.words,
      ])
  }

  /// Continues a chain of the same system, models and parameters.
  public func restore(_ state: ChainState) throws(FieldError) {
    let values = try numbers("field", count: system.shape.count, in: state)
    let observables = try numbers("observables", count: system.observables.count, in: state)
    let logWeight = try numbers("logWeight", count: 1, in: state)[0]
    guard let choices = FrozenChoices(state.reals["frozen"] ?? []) else {
      throw FieldError("the saved state is that of a chain that was not thermalised")
    }
    guard let inner = RandomStream.State(words: state.words["innerStream"] ?? []),
      let test = RandomStream.State(words: state.words["testStream"] ?? [])
    else { throw FieldError("the saved state lacks its random streams") }
    let field = try system.shape.field(values)
    try system.validate(field)
    self.test.innerStream = RandomStream(inner)
    self.test.testStream = RandomStream(test)
    cascade.bottom.step = choices.step
    cascade.bottom.length = choices.innerLength
    cascade.top.reset(to: field)
    present = Present(
      field: field, logWeight: logWeight, logWeightEffective: cascade.top.logWeight,
      observables: observables)
    frozen = choices
  }

  private func numbers(
    _ name: String, count: Int, in state: ChainState
  ) throws(FieldError) -> [Double] {
    let values = state.reals[name] ?? []
    guard values.count == count else {
      throw FieldError(
        "the saved state has \(values.count) numbers in \"\(name)\" where this chain has \(count): "
          + "it belongs to another system")
    }
    return values
  }
}

extension RandomStream.State {
  var words: [UInt64] { [key, nonce, position] }

  init?(words: [UInt64]) {
    guard words.count == 3 else { return nil }
    self.init(key: words[0], nonce: words[1], position: words[2])
  }
}
