/// Stage kinds by what their artifacts hold.
enum ChainKinds {
  /// Configurations with their ln W.
  static let sampled = ["exact-samples", "self-learning-chain"]
  /// Rows under /chain, of numbers or arrays.
  static let recorded = sampled + [MeasureStage.kind]
}
