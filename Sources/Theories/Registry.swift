public import Pipeline
public import Stages

extension TheoryBook {
  /// Every theory of slmc. A new one is one line here.
  public static let standard = TheoryBook([
    DoubleExchangeTheory.self,
    ScalarFieldTheory.self,
    PlanarSpinTheory.self,
  ])
}

extension StageRegistry {
  /// Every stage kind of slmc, with all its theories.
  public static let standard = StageRegistry(.standard)
}
