public import MonteCarlo

/// What thermalisation decided, fixed before the first measurement.
struct FrozenChoices: Equatable {
  var innerLength: Int
  var step: Double?
  /// Accepted share of the elementary moves after tuning.
  var innerAcceptance = 0.0
  /// Accepted share of the thermalising proposals.
  var acceptance = 0.0
  /// Of the automatic choice: autocorrelation time in proposals and cost of an independent sample
  /// in exact evaluations; 0 where nothing was chosen.
  var estimatedTau = 0.0
  var estimatedCost = 0.0

  /// As plain numbers for `ChainState`; NaN stands for no step.
  var numbers: [Double] {
    [
      Double(innerLength), step ?? .nan, innerAcceptance, acceptance, estimatedTau,
      estimatedCost,
    ]
  }

  init(innerLength: Int, step: Double?) {
    self.innerLength = innerLength
    self.step = step
  }

  init?(_ numbers: [Double]) {
    guard numbers.count == 6, let length = Int(exactly: numbers[0]), length > 0 else { return nil }
    innerLength = length
    step = numbers[1].isNaN ? nil : numbers[1]
    innerAcceptance = numbers[2]
    acceptance = numbers[3]
    estimatedTau = numbers[4]
    estimatedCost = numbers[5]
  }
}

extension SelfLearningChain {
  public var facts: [Fact] {
    guard let frozen else { return [] }
    var facts = [
      Fact(
        "innerLength", Double(frozen.innerLength * cascade.repeats),
        "steps of the inner algorithm per proposal, frozen before measuring"),
      Fact(
        "innerAcceptanceTuned", frozen.innerAcceptance,
        "accepted share of the inner moves after tuning"),
      Fact(
        "thermalisationProposals", Double(parameters.thermalisation),
        "proposals before measuring"),
      Fact(
        "thermalisationAcceptance", frozen.acceptance, "accepted share of these proposals"),
    ]
    if let step = frozen.step {
      facts.append(Fact("innerStep", step, "width of the inner moves, frozen before measuring"))
    }
    if case .automatic(let cost, let maximum) = parameters.innerLength {
      facts += [
        Fact("innerRelativeCost", cost, "declared cost of an inner step in exact evaluations"),
        Fact("innerLengthMaximum", Double(maximum), "longest inner length tried"),
        Fact("innerLengthTau", frozen.estimatedTau, "tau in proposals estimated for the choice"),
        Fact(
          "innerLengthCost", frozen.estimatedCost,
          "estimated exact evaluations per independent sample"),
      ]
    }
    return facts
  }
}
