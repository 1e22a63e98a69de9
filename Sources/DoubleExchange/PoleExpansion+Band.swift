extension PoleExpansion {
  /// Y for the band of `system` as seen from mu; a wider interval than needed does no harm where
  /// the temperature dwarfs the band.
  static func halfWidth(of system: DoubleExchangeSystem) -> Double {
    max(
      0.05, system.inverseTemperature * (system.bandEdge + abs(system.chemicalPotential)) / 2)
  }

  /// An expansion good for single-spin updates of `system`.
  ///
  /// An update adds V with trace norm |J| |S' - S| / 2 * 2 <= 2 |J|. With |tanh - sum| <= epsilon,
  /// ln W changes by Tr over the spectral shift of a function whose slope is wrong by at most
  /// beta epsilon / 2, so the error is at most beta |J| epsilon (Krein's trace formula).
  static func forUpdates(
    of system: DoubleExchangeSystem, tolerance: Double
  ) throws(ParameterError) -> PoleExpansion {
    let beta = system.inverseTemperature
    let halfWidth = halfWidth(of: system)
    let slope = beta * max(abs(system.coupling), .leastNormalMagnitude)
    try requireBandwidth(of: system)
    let found = search(halfWidth: halfWidth, tolerance: tolerance / slope)
    guard found.errorBound * slope <= tolerance else {
      throw ParameterError(
        "temperature",
        "the pole expansion reaches an error of \(found.errorBound * slope) in ln W per update "
          + "with \(found.poles.count) poles, not \(tolerance): raise the temperature or the "
          + "tolerance, or use the method naive")
    }
    return found
  }

  /// Refuses bands so wide, or temperatures so low, that no expansion is tried.
  static func requireBandwidth(of system: DoubleExchangeSystem) throws(ParameterError) {
    let halfWidth = halfWidth(of: system)
    guard halfWidth < 1e7 else {
      throw ParameterError(
        "temperature",
        "half the bandwidth is \(2 * halfWidth) T; the fast methods reach 2e7 T: raise the "
          + "temperature or use the method naive")
    }
  }
}
