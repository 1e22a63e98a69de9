import DoubleExchange
import MonteCarlo
import Testing

@Suite("Specific heat from the recorded series")
struct SpecificHeatTests {
  /// c = (N cov(e, e - mu n) + <v>) / T^2 against d<e>/dT, both by quadrature.
  @Test("the documented formula is the slope of the energy", arguments: [0.0, -0.4])
  func slope(mu: Double) throws {
    let (temperature, h) = (0.4, 1e-3)
    let at = { (temperature: Double) throws in
      try system([2, 1], coupling: 3, mu: mu, temperature: temperature)
    }
    let energy = { (temperature: Double) throws in
      quadrature(try at(temperature), polar: 30, azimuthal: 1)["energy"] ?? .nan
    }
    let expected = try (energy(temperature + h) - energy(temperature - h)) / (2 * h)
    let squares = quadrature(
      try at(temperature), polar: 30, azimuthal: 1, product: ("energy", "energy"))
    let mixed = quadrature(
      try at(temperature), polar: 30, azimuthal: 1, product: ("energy", "density"))
    let (e, n) = (squares["energy"] ?? .nan, squares["density"] ?? .nan)
    let covariance =
      (squares["product"] ?? .nan) - e * e - mu * ((mixed["product"] ?? .nan) - e * n)
    let variance = squares["thermalEnergyVariance"] ?? .nan
    let heat = (2 * covariance + variance) / (temperature * temperature)
    #expect(abs(heat - expected) < 1e-5 * abs(expected))
  }
}
