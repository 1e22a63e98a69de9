internal import Models

/// The residuals that least squares makes small, with their derivatives, block by block.
///
/// A configuration gives r = ln W + H_eff / T and, with forces, sqrt(weight / K) dr/du for K tangent
/// directions u. Derivatives along u are central differences of the energy and of its gradient by
/// the parameters, so every model has them; with steps of 1e-4 they are exact to about 1e-7.
struct ResidualEquations {
  let energy: any BatchEnergy
  let set: TrainingSet
  private let directions: [TangentDirections]
  private let forceFactor: Double

  private static let block = 256
  private static let step = 1e-4

  init(_ energy: any BatchEnergy, _ set: TrainingSet, _ matching: ForceMatching? = nil) {
    self.energy = energy
    self.set = set
    guard let matching, !set.forces.isEmpty else {
      directions = []
      forceFactor = 0
      return
    }
    directions = (0..<matching.directions).map {
      TangentDirections(set, number: $0, seed: matching.seed)
    }
    forceFactor = (matching.weight / Double(matching.directions)).squareRoot()
  }

  /// Some residuals; the derivatives of residual n by the parameters are scale * rows[n * P ..].
  struct Block {
    var range: Range<Int>
    var scale: Double
    var rows: [Double]
    var residuals: [Double]
  }

  /// - Parameter linearOnly: derivatives by parameters in which H_eff is not linear may be left out.
  func forEachBlock(linearOnly: Bool = false, _ body: (Block) -> Void) {
    let parameters = energy.parameters.count
    var energies = [Double](repeating: 0, count: Self.block)
    let inverse = 1 / set.temperature
    var block = Block(
      range: 0..<0, scale: inverse, rows: [Double](repeating: 0, count: Self.block * parameters),
      residuals: [])
    forEachRange { range in
      energy.gradients(
        set.fields, range: range, energies: &energies, rows: &block.rows, linearOnly: linearOnly)
      block.range = range
      block.residuals = range.map {
        set.logWeights[$0] + inverse * energies[$0 - range.lowerBound]
      }
      body(block)
    }
    guard !directions.isEmpty else { return }
    var others = (energies, block.rows)
    block.scale = forceFactor * inverse / (2 * Self.step)
    for direction in directions {
      forEachRange { range in
        let whole = 0..<range.count
        energy.gradients(
          moved(range, direction, Self.step), range: whole, energies: &energies,
          rows: &block.rows, linearOnly: linearOnly)
        energy.gradients(
          moved(range, direction, -Self.step), range: whole, energies: &others.0,
          rows: &others.1, linearOnly: linearOnly)
        for i in 0..<(range.count * parameters) { block.rows[i] -= others.1[i] }
        block.range = range
        block.residuals = slopes(range, direction, energies, others.0)
        body(block)
      }
    }
  }

  /// Whether `meanSquare` is more than that of the residuals.
  var countsForces: Bool { !directions.isEmpty }

  /// Sum of all squares over the number of samples.
  func meanSquare() -> Double {
    guard !directions.isEmpty else { return Residuals(energy, on: set).meanSquare }
    var sum = Residuals(energy, on: set).meanSquare * Double(set.count)
    for direction in directions {
      forEachRange { range in
        var energies = ([Double](repeating: 0, count: range.count), [Double]())
        energies.1 = energies.0
        energy.energies(moved(range, direction, Self.step), into: &energies.0)
        energy.energies(moved(range, direction, -Self.step), into: &energies.1)
        for value in slopes(range, direction, energies.0, energies.1) { sum += value * value }
      }
    }
    return sum / Double(set.count)
  }

  private func forEachRange(_ body: (Range<Int>) -> Void) {
    for first in stride(from: 0, to: set.count, by: Self.block) {
      body(first..<min(first + Self.block, set.count))
    }
  }

  private func components(_ range: Range<Int>) -> Range<Int> {
    (range.lowerBound * set.width)..<(range.upperBound * set.width)
  }

  private func moved(
    _ range: Range<Int>, _ direction: TangentDirections, _ step: Double
  ) -> [Double] {
    components(range).map { set.fields[$0] + step * direction.values[$0] }
  }

  private func slopes(
    _ range: Range<Int>, _ direction: TangentDirections, _ up: [Double], _ down: [Double]
  ) -> [Double] {
    range.map { n in
      var force = 0.0
      for i in components(n..<(n + 1)) { force += direction.values[i] * set.forces[i] }
      let at = n - range.lowerBound
      return forceFactor * (force + (up[at] - down[at]) / (2 * Self.step * set.temperature))
    }
  }
}
