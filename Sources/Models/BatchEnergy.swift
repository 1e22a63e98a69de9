public import MonteCarlo

/// Evaluates a model on many fields, which lie one after the other in flat buffers: what training needs.
///
/// A worker has to bring `parameters` and what every effective energy has; the batched passes then go field
/// by field. Kernels that take several fields at once bring their own.
public protocol BatchEnergy: EffectiveEnergy {
  /// The numbers of the model; may change while the model is being trained.
  var parameters: [Double] { get set }
  /// A field of the lattice at hand, all zero.
  var blank: Field { get }
  /// H_eff of the fields.
  func energies(_ fields: [Double], into energies: inout [Double])
  /// H_eff and dH/dtheta of the fields in `range`; `rows` holds one field's derivatives after the
  /// other's. With `linearOnly` those by parameters in which H_eff is not linear may be left out.
  func gradients(
    _ fields: [Double], range: Range<Int>, energies: inout [Double], rows: inout [Double],
    linearOnly: Bool)
  /// H_eff and dH/dS of the fields; `rows` holds one field's derivatives after the other's.
  func fieldGradients(_ fields: [Double], energies: inout [Double], rows: inout [Double])
  /// Adds sum_n weights[n] dH_n/dtheta of the fields in `range` to `gradient`. `weight` gives the weight of
  /// a field from its number and its H_eff.
  func weightedGradient(
    _ fields: [Double], range: Range<Int>, into gradient: inout [Double],
    weight: (Int, Double) -> Double)
}

extension BatchEnergy {
  private func field(_ number: Int, of fields: [Double]) -> Field {
    var field = blank
    let width = field.values.count
    field.values.replaceSubrange(
      0..<width, with: fields[(number * width)..<((number + 1) * width)])
    return field
  }

  public func energies(_ fields: [Double], into energies: inout [Double]) {
    for n in energies.indices { energies[n] = energy(field(n, of: fields)) }
  }

  public func gradients(
    _ fields: [Double], range: Range<Int>, energies: inout [Double], rows: inout [Double],
    linearOnly: Bool
  ) {
    let count = parameters.count
    for n in range {
      var gradient = [Double](repeating: 0, count: count)
      let at = n - range.lowerBound
      energies[at] = parameterGradient(field(n, of: fields), scale: 1, into: &gradient)
      rows.replaceSubrange((at * count)..<((at + 1) * count), with: gradient)
    }
  }

  public func fieldGradients(
    _ fields: [Double], energies: inout [Double], rows: inout [Double]
  ) {
    let width = blank.values.count
    for n in energies.indices {
      var gradient = [Double](repeating: 0, count: width)
      energies[n] = fieldGradient(field(n, of: fields), scale: 1, into: &gradient)
      rows.replaceSubrange((n * width)..<((n + 1) * width), with: gradient)
    }
  }

  public func weightedGradient(
    _ fields: [Double], range: Range<Int>, into gradient: inout [Double],
    weight: (Int, Double) -> Double
  ) {
    for n in range {
      let field = field(n, of: fields)
      _ = parameterGradient(field, scale: weight(n, energy(field)), into: &gradient)
    }
  }
}
