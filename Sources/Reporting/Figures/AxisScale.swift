#if canImport(Glibc)
  internal import Glibc
#endif

/// The range and the ticks of one axis. Decided here, not by gnuplot, so that legends can be placed
/// where no data are and the figure does not depend on gnuplot's release.
package struct AxisScale: Hashable {
  package var lower: Double
  package var upper: Double
  var isLogarithmic: Bool
  /// Ticks with a label of their own; nil leaves them to gnuplot.
  package var ticks: [Tick]?
  /// A fixed distance of ticks; nil leaves it to gnuplot.
  package var step: Double?

  package struct Tick: Hashable {
    package var value: Double
    /// Enhanced text.
    package var label: String
  }

  /// Where a value lies between the ends, 0…1.
  package func fraction(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    return log(max(value, lower * 1e-9) / lower) / log(upper / lower)
  }

  /// The value at a fraction of the axis.
  package func value(atFraction fraction: Double) -> Double {
    isLogarithmic
      ? lower * exp(fraction * log(upper / lower)) : lower + fraction * (upper - lower)
  }

  /// The power of ten at or below the lower end of a logarithmic axis.
  var firstDecade: Double { pow(10, log10(lower).rounded(.down)) }

  /// A range around all `values` with room at both ends, unless limits are given.
  package init(_ axis: FigureAxis, covering values: [Double], padding: Double) {
    isLogarithmic = axis.isLogarithmic
    let usable = values.filter { $0.isFinite && (!axis.isLogarithmic || $0 > 0) }
    let low = axis.lowerLimit ?? usable.min() ?? (axis.isLogarithmic ? 0.1 : 0)
    let high = axis.upperLimit ?? usable.max() ?? 1
    lower = low
    upper = high
    if isLogarithmic {
      if !(upper > lower * 1.0001) { (lower, upper) = (low / 2, low * 2) }
      let room = pow(upper / lower, padding)
      if axis.lowerLimit == nil { lower /= room }
      if axis.upperLimit == nil { upper *= room }
    } else {
      let size = max(abs(low), abs(high))
      if !(upper - lower > 1e-12 * size) {
        let half = size == 0 ? 1 : size / 4
        (lower, upper) = (low - half, low + half)
      }
      let room = (upper - lower) * padding
      // Positive quantities should not seem to reach below zero.
      if axis.lowerLimit == nil { lower = low > 0 && lower - room < 0 ? 0 : lower - room }
      if axis.upperLimit == nil { upper += room }
    }
  }

  /// Adds room at the upper end for a legend of the given share of the final axis.
  package mutating func addHeadroom(_ share: Double) {
    upper = value(atFraction: 1 / (1 - share))
  }
}

extension AxisScale {
  /// Chooses ticks: at the data where few distinct values deserve it, at 1-2-5 steps on short
  /// logarithmic axes, at decades on long ones.
  package mutating func chooseTicks(values: [Double]) {
    let distinct = Array(Set(values)).sorted()
    if isLogarithmic {
      ticks = dataTicks(distinct) ?? logarithmicTicks()
    } else if distinct.allSatisfy({ $0 == $0.rounded() }), upper - lower <= 13,
      distinct.count > 1
    {
      step = 1
    } else {
      step = niceStep(for: upper - lower, about: 6)
    }
  }

  private func dataTicks(_ distinct: [Double]) -> [Tick]? {
    guard (2...8).contains(distinct.count), distinct.allSatisfy({ $0 == $0.rounded() }),
      zip(distinct, distinct.dropFirst()).allSatisfy({ fraction($1) - fraction($0) > 0.07 })
    else { return nil }
    return distinct.map { Tick(value: $0, label: ValueNotation($0).gnuplot) }
  }

  private func logarithmicTicks() -> [Tick] {
    let decades = log10(upper / lower)
    let first = Int(log10(lower).rounded(.down))
    let last = Int(log10(upper).rounded(.up))
    if decades >= 2.5 {
      let stride = Swift.max(1, (last - first + 6) / 7)
      return (first...last).filter { $0 % stride == 0 }.map {
        Tick(value: pow(10, Double($0)), label: powerLabel($0))
      }.filter(isInside)
    }
    for factors in [[1.0, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]] {
      let ticks = (first...last).flatMap { power in
        factors.map { factor in
          let value = factor * pow(10, Double(power))
          return Tick(value: value, label: ValueNotation(value, digits: 3).gnuplot)
        }
      }.filter(isInside)
      if ticks.count >= 3 { return ticks }
    }
    return linearTicks()
  }

  private func linearTicks() -> [Tick] {
    let step = niceStep(for: upper - lower, about: 4)
    // Beyond the integers that a number can tell apart there is no step between two ends.
    guard let first = Int(exactly: (lower / step).rounded(.up)),
      let last = Int(exactly: (upper / step).rounded(.down)), first <= last, last - first < 1000
    else { return [] }
    return (first...last).map {
      Tick(value: Double($0) * step, label: ValueNotation(Double($0) * step, digits: 6).gnuplot)
    }
  }

  private func isInside(_ tick: Tick) -> Bool {
    (-1e-9...1 + 1e-9).contains(fraction(tick.value))
  }

  private func powerLabel(_ power: Int) -> String {
    switch power {
    case 0: "1"
    case 1: "10"
    default: "10^{" + (power < 0 ? "\u{2212}" : "") + "\(power.magnitude)}"
    }
  }
}

/// The step of 1, 2, 2.5 or 5 times a power of ten that makes at most about `count` intervals.
package func niceStep(for span: Double, about count: Int) -> Double {
  let raw = span / Double(count)
  guard raw > 0, raw.isFinite else { return 1 }
  let power = pow(10, log10(raw).rounded(.down))
  let factor = [1.0, 2, 2.5, 5, 10].first { $0 * power >= raw * 0.999 } ?? 10
  return factor * power
}
