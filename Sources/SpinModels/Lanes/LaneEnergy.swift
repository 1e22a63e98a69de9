internal import Lattice
public import Models
public import MonteCarlo

/// Evaluates any of our architectures, one field or a batch of fields.
public final class LaneEnergy: BatchEnergy {
  private let kernel: any LaneKernel
  private let spins: LaneBuffer
  private let dField: LaneBuffer
  private let dParameters: LaneBuffer
  private var values: [Double]
  private let sampler: (LaneEnergy, Field, Double) -> any LocalSampler

  /// - Parameter sampler: makes the local sampler of this architecture.
  init(
    _ kernel: any LaneKernel, parameters: [Double],
    sampler: @escaping (LaneEnergy, Field, Double) -> any LocalSampler
  ) {
    precondition(parameters.count == kernel.parameterCount)
    self.kernel = kernel
    spins = LaneBuffer(kernel.components * kernel.sites)
    dField = LaneBuffer(kernel.components * kernel.sites)
    dParameters = LaneBuffer(kernel.parameterCount)
    self.sampler = sampler
    values = parameters
    kernel.load(parameters.span)
  }

  /// The numbers of the model; may change while the model is being trained.
  public var parameters: [Double] {
    get { values }
    set {
      precondition(newValue.count == values.count)
      values = newValue
      kernel.load(newValue.span)
    }
  }

  public var blank: Field { Field(places: kernel.sites, components: kernel.components) }

  public func energy(_ field: borrowing Field) -> Double {
    spins.broadcast(field.values.span)
    return kernel.forward(spins)[0]
  }

  public func fieldGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double {
    let energy = self.energy(field)
    goBack(scale: first(scale))
    for i in gradient.indices { gradient[i] += dField[i][0] }
    return energy
  }

  public func parameterGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double {
    let energy = self.energy(field)
    goBack(scale: first(scale))
    for i in gradient.indices { gradient[i] += dParameters[i][0] }
    return energy
  }

  public func makeLocalSampler(from field: Field, temperature: Double) -> any LocalSampler {
    sampler(self, field, temperature)
  }

  private func first(_ scale: Double) -> Lanes {
    var lanes = Lanes.zero
    lanes[0] = scale
    return lanes
  }
}

extension LaneEnergy {
  private func lanes(_ fields: [Double], first: Int, limit: Int) -> Lanes {
    spins.pack(fields.span, first: first, limit: limit)
    return kernel.forward(spins)
  }

  /// Fills `dField` and `dParameters` with scale times the derivatives at the last fields.
  private func goBack(scale: Lanes, linearOnly: Bool = false) {
    dField.clear()
    dParameters.clear()
    if linearOnly {
      kernel.linearBackward(spins, scale: scale, field: dField, parameters: dParameters)
    } else {
      kernel.backward(spins, scale: scale, field: dField, parameters: dParameters)
    }
  }

  private var width: Int { kernel.components * kernel.sites }

  /// H_eff of the fields that lie one after the other in `fields`.
  public func energies(_ fields: [Double], into energies: inout [Double]) {
    let count = fields.count / width
    precondition(fields.count == count * width && energies.count == count)
    for first in stride(from: 0, to: count, by: Lanes.width) {
      let result = lanes(fields, first: first, limit: count)
      for lane in 0..<min(Lanes.width, count - first) { energies[first + lane] = result[lane] }
    }
  }

  /// H_eff and dH/dtheta of the fields in `range`; `rows` holds one field's derivatives after the
  /// other's. With `linearOnly` those by parameters in which H_eff is not linear may be left out.
  public func gradients(
    _ fields: [Double], range: Range<Int>, energies: inout [Double], rows: inout [Double],
    linearOnly: Bool
  ) {
    let parameters = values.count
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Lanes.width) {
      let result = lanes(fields, first: first, limit: range.upperBound)
      goBack(scale: Lanes(repeating: 1), linearOnly: linearOnly)
      for lane in 0..<min(Lanes.width, range.upperBound - first) {
        let n = first + lane - range.lowerBound
        energies[n] = result[lane]
        for p in 0..<parameters { rows[n * parameters + p] = dParameters[p][lane] }
      }
    }
  }

  /// H_eff and dH/dS of the fields; `rows` holds one field's derivatives after the other's.
  public func fieldGradients(
    _ fields: [Double], energies: inout [Double], rows: inout [Double]
  ) {
    let count = fields.count / width
    for first in stride(from: 0, to: count, by: Lanes.width) {
      let result = lanes(fields, first: first, limit: count)
      goBack(scale: Lanes(repeating: 1))
      for lane in 0..<min(Lanes.width, count - first) {
        energies[first + lane] = result[lane]
        for i in 0..<width { rows[(first + lane) * width + i] = dField[i][lane] }
      }
    }
  }

  /// Adds sum_n weights[n] dH_n/dtheta of the fields in `range` to `gradient`; their H_eff goes to
  /// `energies`. `weight` gives the weight of a field from its number and its H_eff.
  public func weightedGradient(
    _ fields: [Double], range: Range<Int>, into gradient: inout [Double],
    weight: (Int, Double) -> Double
  ) {
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Lanes.width) {
      let result = lanes(fields, first: first, limit: range.upperBound)
      var scale = Lanes.zero
      for lane in 0..<min(Lanes.width, range.upperBound - first) {
        scale[lane] = weight(first + lane, result[lane])
      }
      goBack(scale: scale)
      for p in values.indices { gradient[p] += dParameters[p].sum() }
    }
  }
}
