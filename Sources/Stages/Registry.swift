public import Pipeline

extension StageRegistry {
  /// Every stage kind of slmc. A new kind is one file in Kinds and one line here.
  public static let standard = StageRegistry([
    ConstantStage.self,
    CommandStage.self,
    ExactSamplesStage.self,
    TrainModelStage.self,
    SelfLearningChainStage.self,
    AnalyzeChainStage.self,
    HistogramStage.self,
    ReweightStage.self,
  ])
}
