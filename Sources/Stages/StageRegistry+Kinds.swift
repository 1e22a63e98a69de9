public import Pipeline

extension StageRegistry {
  /// Every stage kind, for those theories. A new kind is one file in Kinds and one line here.
  public init(_ book: TheoryBook) {
    self.init([
      ConstantStage(),
      CommandStage(),
      ExactSamplesStage(book),
      TrainModelStage(book),
      SelfLearningChainStage(book),
      MeasureStage(book),
      AnalyzeChainStage(book),
      HistogramStage(),
      ReweightStage(book),
    ])
  }
}
