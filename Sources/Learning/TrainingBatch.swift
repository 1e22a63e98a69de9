internal import Models
internal import Randomness

/// The samples of one stochastic step and the gradient of their loss.
struct TrainingBatch {
  private let set: TrainingSet
  private let size: Int
  private var fields: [Double]
  private var forces: [Double]
  private var logWeights: [Double]

  init(_ set: TrainingSet, size: Int) {
    self.set = set
    self.size = size
    fields = [Double](repeating: 0, count: size * set.width)
    forces = set.forces.isEmpty ? [] : fields
    logWeights = [Double](repeating: 0, count: size)
  }

  var hasForces: Bool { !forces.isEmpty }

  mutating func gather(
    _ members: ArraySlice<Int>, rotates: Bool, using random: inout RandomStream
  ) {
    let width = set.width
    for (slot, n) in members.enumerated() {
      logWeights[slot] = set.logWeights[n]
      for i in 0..<width { fields[slot * width + i] = set.fields[n * width + i] }
      if hasForces { for i in 0..<width { forces[slot * width + i] = set.forces[n * width + i] } }
      guard rotates && set.components == 3 else { continue }
      let matrix = Orthogonal(using: &random)
      for i in stride(from: slot * width, to: (slot + 1) * width, by: 3) {
        matrix.apply(to: &fields, at: i)
        if hasForces { matrix.apply(to: &forces, at: i) }
      }
    }
  }

  /// Adds the gradient of the mean of r^2.
  func addGradient(of energy: any BatchEnergy, into gradient: inout [Double]) {
    let temperature = set.temperature
    let scale = 2 / (temperature * Double(size))
    energy.weightedGradient(fields, range: 0..<size, into: &gradient) { n, value in
      scale * (logWeights[n] + value / temperature)
    }
  }

  /// Adds the gradient of the mean of r^2 + w |g|^2, g the tangent gradient of r.
  ///
  /// d|g|^2/dtheta = 2 g . dg/dtheta is the derivative of dr/dtheta along g: two more passes, at
  /// S + e g and S - e g. Their mean is dr/dtheta itself up to e^2, so they serve r^2 too.
  func addGradient(
    of energy: any BatchEnergy, _ matching: ForceMatching, into gradient: inout [Double]
  ) {
    let (temperature, width) = (set.temperature, set.width)
    var energies = [Double](repeating: 0, count: size)
    var slopes = [Double](repeating: 0, count: size * width)
    energy.fieldGradients(fields, energies: &energies, rows: &slopes)
    for i in slopes.indices { slopes[i] = forces[i] + slopes[i] / temperature }
    var steps = [Double](repeating: 0, count: size)
    var moved = (fields, fields)
    for n in 0..<size {
      let range = (n * width)..<((n + 1) * width)
      var slope = Array(slopes[range])
      makeTangent(&slope, to: fields[range])
      let largest = slope.reduce(1e-12) { max($0, abs($1)) }
      steps[n] = 1e-4 / largest
      for i in range {
        moved.0[i] += steps[n] * slope[i - range.lowerBound]
        moved.1[i] -= steps[n] * slope[i - range.lowerBound]
      }
    }
    let scale = 1 / (temperature * Double(size))
    let residuals = (0..<size).map { logWeights[$0] + energies[$0] / temperature }
    energy.weightedGradient(moved.0, range: 0..<size, into: &gradient) { n, _ in
      scale * (residuals[n] + matching.weight / steps[n])
    }
    energy.weightedGradient(moved.1, range: 0..<size, into: &gradient) { n, _ in
      scale * (residuals[n] - matching.weight / steps[n])
    }
  }
}
