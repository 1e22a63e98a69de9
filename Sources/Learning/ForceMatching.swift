internal import Lattice
public import MonteCarlo
internal import Randomness

/// Learning from forces: beside r = ln W - ln W_eff the loss holds |g|^2, the square of the gradient
/// of r along the spheres of the spins, 2 N numbers more from every configuration.
///
/// For pair terms, which each of two unit vectors enters linearly, the mean of |g|^2 is four times
/// the variance of r, so a weight of 1/4 makes the two parts equal.
public struct ForceMatching: Sendable, Equatable {
  /// Of the forces in the loss.
  public var weight: Double
  /// Random tangent directions per configuration along which Gauss-Newton compares; AdamW compares
  /// along all.
  public var directions: Int
  /// Of the random directions.
  public var seed: UInt64

  /// Forces along random directions.
  public init(weight: Double = 0.25, directions: Int = 4, seed: UInt64 = 0) {
    precondition(weight > 0 && directions > 0)
    self.weight = weight
    self.directions = directions
    self.seed = seed
  }
}

extension TrainingSet {
  /// Computes d ln W / dS of every sample by the exact weight.
  public mutating func addForces(of weight: any Action) throws(LearningError) {
    guard components == 3 else {
      throw .mismatch("forces are compared along unit spins of three components only")
    }
    var all: [Double] = []
    all.reserveCapacity(fields.count)
    var force = [Double](repeating: 0, count: width)
    var field = Field(places: lattice.sites, components: components)
    for n in 0..<count {
      for i in 0..<width { field.values[i] = fields[n * width + i] }
      let logWeight = weight.force(field, into: &force)
      // The samples may be those of another system than the weight's.
      guard abs(logWeight - logWeights[n]) <= 1e-6 * (1 + abs(logWeight)) else {
        throw .mismatch(
          "sample \(n) has ln W = \(logWeights[n]), but the exact weight of the system is "
            + "\(logWeight)")
      }
      all += force
    }
    try setForces(all)
  }
}

/// The part of `vector` along the sphere at each spin of `field`, in place.
func makeTangent(_ vector: inout [Double], to field: ArraySlice<Double>) {
  let start = field.startIndex
  for i in stride(from: 0, to: vector.count, by: 3) {
    let at = start + i
    let spin = SIMD3(field[at], field[at + 1], field[at + 2])
    let along = (SIMD3(vector[i], vector[i + 1], vector[i + 2]) * spin).sum()
    for c in 0..<3 { vector[i + c] -= along * spin[c] }
  }
}

/// One fixed tangent direction for every sample of a set, of which Gauss-Newton takes several.
struct TangentDirections {
  /// Sample after sample, 3 N components each.
  let values: [Double]

  init(_ set: TrainingSet, number: Int, seed: UInt64) {
    var random = RandomStream(key: seed, nonce: UInt64(number))
    var values: [Double] = []
    values.reserveCapacity(set.fields.count)
    for n in 0..<set.count {
      var direction = (0..<set.width).map { _ in random.normalPair().0 }
      makeTangent(&direction, to: set.fields[(n * set.width)..<((n + 1) * set.width)])
      values += direction
    }
    self.values = values
  }
}
