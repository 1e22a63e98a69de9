/// The stages of a manifest that goes the whole way: exact samples, a model, its chain, an analysis.
public let selfLearningStages = """
  stages:
    exact: {kind: exact-samples}
    model: {kind: train-model, needs: {samples: exact}}
    chain: {kind: self-learning-chain, needs: {model: model}}
    analysis: {kind: analyze-chain, needs: {chain: chain}}
  """
