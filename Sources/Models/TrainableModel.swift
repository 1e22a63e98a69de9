public import Lattice
public import MonteCarlo
public import Randomness

/// An effective model that can be trained.
public protocol TrainableModel: EffectiveModel {
  /// The worker with its batched passes.
  func makeBatchEnergy(on lattice: Torus) throws(FieldError) -> any BatchEnergy
  /// Numbers per site of the fields that it is made for.
  var components: Int { get }
  /// The parameters in which H_eff is linear and homogeneous: with the others fixed they are found
  /// exactly by least squares.
  var linearParameters: [Int] { get }
  /// The parameter that is added to H_eff as a constant, E0; nil where there is none.
  var offsetParameter: Int? { get }
  /// Multiplications of one energy in its inner products, counted by hand and not measured: what
  /// is compared when models are trained with equal effort. A gradient takes about twice as many.
  func multiplications(on lattice: Torus) -> Int
  /// Numbers to start training from.
  mutating func initialize(using random: inout RandomStream)
}

extension TrainableModel {
  /// The first one.
  public var offsetParameter: Int? { 0 }

  public func makeEnergy(on lattice: Torus) throws(FieldError) -> any EffectiveEnergy {
    try makeBatchEnergy(on: lattice)
  }
}

/// A model that can be trained shallow first and made deeper step by step.
public protocol GrowingModel: TrainableModel {
  var depth: Int { get }
  /// The same with one layer, its numbers not yet drawn.
  func shallow() -> any GrowingModel
  /// One layer more, which starts at doing nothing.
  func grown(using random: inout RandomStream) -> any GrowingModel
}
