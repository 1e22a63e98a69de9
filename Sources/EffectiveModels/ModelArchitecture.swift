internal import MonteCarlo

/// The compact description of any of our models: with the parameter values alone it gives the same
/// model back.
public enum ModelArchitecture: Sendable, Equatable {
  case linear(LinearArchitecture)
  case attention(AttentionArchitecture)
  case invariantNetwork(InvariantNetworkArchitecture)
  case convolutional(ConvolutionalArchitecture)
  case plainTransformer(PlainTransformerArchitecture)
  case fermionWindow(FermionWindowArchitecture)

  /// The model with its numbers at zero.
  public func makeModel() -> any TrainableModel {
    switch self {
    case .linear(let architecture): architecture.makeModel()
    case .attention(let architecture): architecture.makeModel()
    case .invariantNetwork(let architecture): architecture.makeModel()
    case .convolutional(let architecture): architecture.makeModel()
    case .plainTransformer(let architecture): architecture.makeModel()
    case .fermionWindow(let architecture): architecture.makeModel()
    }
  }

  /// The model with these numbers; nil when their count is wrong.
  public func makeModel(parameters: [Double]) -> (any TrainableModel)? {
    var model = makeModel()
    guard model.parameters.values.count == parameters.count else { return nil }
    model.parameters.values = parameters
    return model
  }
}
