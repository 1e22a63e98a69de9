public import Lattice
public import MonteCarlo
public import Randomness

/// An effective model that the learning of this package can train.
public protocol TrainableModel: EffectiveModel {
  /// The worker with its batched passes.
  func makeLaneEnergy(on lattice: Torus) throws(FieldError) -> LaneEnergy
  /// Numbers per site of the fields that it is made for; three unless the model says otherwise.
  var components: Int { get }
  /// The parameters in which H_eff is linear and homogeneous: with the others fixed they are found
  /// exactly by least squares.
  var linearParameters: [Int] { get }
  /// Multiplications of one energy in its inner products, counted by hand and not measured: what
  /// is compared when models are trained with equal effort. A gradient takes about twice as many.
  func multiplications(on lattice: Torus) -> Int
  /// Numbers to start training from.
  mutating func initialize(using random: inout RandomStream)
}

extension TrainableModel {
  public var components: Int { 3 }

  public func makeEnergy(on lattice: Torus) throws(FieldError) -> any EffectiveEnergy {
    try makeLaneEnergy(on: lattice)
  }
}
