import Lattice
import MonteCarlo
import Randomness
import SelfLearning
import Testing

@Suite struct ChainBadInputTests {
  private func message(
    _ change: (inout SelfLearningParameters) -> Void = { _ in },
    models: [ToyModel] = [ToyModel(linear: 1)], temperature: Double = 1, start: Field? = nil
  ) -> String {
    var parameters = SelfLearningParameters()
    change(&parameters)
    do {
      let chain = try SelfLearningChain(
        system: ToySystem(temperature: temperature), models: models, parameters: parameters,
        random: RandomStream(key: 1, nonce: 1), start: start)
      try chain.thermalise()
      return "nothing thrown"
    } catch {
      return "\(error)"
    }
  }

  @Test func everyMistakeHasItsWord() {
    #expect(message() == "nothing thrown")
    #expect(message(models: []).contains("needs an effective model"))
    #expect(message { $0.innerLength = .fixed(0) }.contains("proposes nothing"))
    #expect(
      message { $0.innerLength = .automatic(relativeCost: 0, maximum: 4) }
        .contains("positive relative cost"))
    #expect(message { $0.inner = .hamiltonian(leapfrogSteps: 0) }.contains("leapfrog"))
    #expect(message { $0.inner = .local(overrelaxation: -1) }.contains("over-relaxation"))
    #expect(message { $0.screenLengths = [2] }.contains("screen lengths [2] do not fit 1 models"))
    #expect(message { $0.proposalsPerRow = 0 }.contains("at least 1 proposal"))
    #expect(message { $0.trialProposals = 1 }.contains("trial proposals"))
    #expect(message(temperature: 0).contains("temperature"))
    #expect(message(start: Field(places: 1, components: 3)).contains("three unit vectors"))
    #expect(message(models: [ToyModel(linear: .nan)]).contains("not finite"))
  }

  @Test func modelWithoutOverrelaxation() {
    let text = message(
      { $0.inner = .local(overrelaxation: 1) }, models: [ToyModel(linear: 1, quadratic: 1)])
    #expect(text.contains("has no over-relaxation"))
  }

  @Test func innerChainThatNeverMoves() {
    var model = ToyModel(linear: 1)
    model.frozen = true
    #expect(message(models: [model]).contains("the inner chain never moves"))
  }

  @Test func stateOfAnotherChain() throws {
    let chain = try SelfLearningChain(
      system: ToySystem(), models: [ToyModel(linear: 1)],
      random: RandomStream(key: 1, nonce: 1))
    #expect(throws: FieldError.self) { try chain.restore(ChainState()) }
    let fresh = chain.state
    #expect(throws: FieldError("the saved state is that of a chain that was not thermalised")) {
      try chain.restore(fresh)
    }
    try chain.thermalise()
    var broken = chain.state
    broken.reals["field"]?.removeLast()
    #expect(throws: FieldError.self) { try chain.restore(broken) }
    broken = chain.state
    broken.words["testStream"] = nil
    #expect(throws: FieldError("the saved state lacks its random streams")) {
      try chain.restore(broken)
    }
  }
}
