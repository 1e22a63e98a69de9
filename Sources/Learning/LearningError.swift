/// Why a training could not give a model that deserves trust.
public enum LearningError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Fewer training samples than twice the free parameters.
  case tooFewSamples(samples: Int, parameters: Int)
  /// Holding out whole chains needs at least two of them.
  case tooFewChains(chains: Int)
  /// The data do not determine the parameters.
  case singularFit(rank: Int, parameters: Int)
  /// A number in the samples is not finite.
  case invalidSample(index: Int, what: String)
  /// The loss is no longer a number.
  case diverged(step: Int, optimizer: String)
  /// The loss is not a number before the first step.
  case notFinite
  /// The samples belong to something else than the model is to be trained for.
  case mismatch(String)
  /// A saved state of another training.
  case foreignState(String)
  /// The model cannot run on this lattice, or a library call failed.
  case failed(String)

  public var description: String {
    switch self {
    case .tooFewSamples(let samples, let parameters):
      "\(samples) training samples for \(parameters) parameters; "
        + "at least \(2 * parameters) are needed"
    case .tooFewChains(let chains):
      "\(chains) chain in the samples; validation holds out whole chains and needs two or more"
    case .singularFit(let rank, let parameters):
      "the samples determine only \(rank) of \(parameters) linear parameters; "
        + "use fewer shells or more samples"
    case .invalidSample(let index, let what): "sample \(index): \(what)"
    case .diverged(let step, let optimizer):
      "\(optimizer) diverged: the loss at step \(step) is not a number; lower the learning rate"
    case .notFinite:
      "the loss of the start is not a finite number: a parameter of the start is not one, or an ln W "
        + "of the samples is too large to be squared"
    case .mismatch(let what), .foreignState(let what), .failed(let what): what
    }
  }
}
