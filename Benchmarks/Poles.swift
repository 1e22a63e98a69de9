import DoubleExchange
import Foundation

/// How many poles the expansion of the Fermi function needs, by beta times half the bandwidth.
func benchPoles(_ arguments: [String]) {
  print("  beta X / 2   tolerance   poles   error bound   milliseconds")
  for halfWidth in [0.5, 2.5, 11.25, 45, 200, 850, 3000] {
    for tolerance in [1e-8, 2.5e-11, 1e-12, 3e-13] {
      let clock = ContinuousClock()
      var found = PoleExpansion(halfWidth: 1, poles: [], weights: [])
      let time = clock.measure {
        found = PoleExpansion.search(halfWidth: halfWidth, tolerance: tolerance)
      }
      print(
        String(
          format: "%12.2f %11.1e %7d %13.2e %14.1f", halfWidth, tolerance, found.poles.count,
          found.errorBound, time / .milliseconds(1)))
    }
  }
}
