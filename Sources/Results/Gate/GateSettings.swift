internal import Glibc
internal import Manifest
package import Values

/// How a check judges, as the manifest's `gate` says.
package struct GateSettings {
  /// Chance of a false alarm over all observables together.
  package var level: Double
  /// Chance to see the shift that is called detectable.
  package var power: Double
  /// Whether equal recipes on an equal platform must give equal bits.
  package var bitsAreDue: Bool
  private let resolution: Record
  private let tolerance: Record
  /// Largest factor of an autocorrelation time; nil where they are not judged.
  private let tau: Double?

  package init(_ gate: Record) {
    level = gate["level"]?.number ?? 0.01
    power = gate["power"]?.number ?? 0.95
    bitsAreDue = gate["bits"]?.boolean ?? true
    resolution = gate["resolution"]?.record ?? [:]
    tolerance = gate["tolerance"]?.record ?? [:]
    tau = gate["tau"]?.number
  }

  /// What is compared of one observable: its value and, if asked for, its autocorrelation time.
  func pairs(
    _ pair: ObservableComparison.Pair, isOfSampler: Bool
  ) -> [ObservableComparison.Pair] {
    var value = pair
    // Of an array's entries all are meant, unless one is named.
    let name = ElementName(pair.name).map(\.array) ?? pair.name
    value.resolution = (resolution[pair.name] ?? resolution[name])?.number
    value.tolerance = (tolerance[pair.name] ?? tolerance[name])?.number ?? 0
    value.isJudged = !isOfSampler || value.tolerance > 0
    guard value.isJudged, let tau, var time = pair.autocorrelationTime else { return [value] }
    time.tolerance = log(tau)
    time.resolution = resolution[time.name]?.number
    return [value, time]
  }
}
