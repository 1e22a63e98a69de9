internal import MonteCarlo
internal import Randomness

/// Hybrid Monte Carlo in an effective model (Duane, Kennedy, Pendleton and Roweth 1987), on unit
/// vectors along great circles (Byrne and Girolami 2013).
///
/// A step of `walk` is one trajectory of
///     p -= eps/2 grad(H_eff/T);  move along the geodesic of p for time eps;  p -= eps/2 grad
/// accepted with min(1, exp(-Delta(H_eff/T + p^2/2))).
final class HamiltonianWalker: Walker {
  private let energy: any EffectiveEnergy
  private let temperature: Double
  private let leapfrogSteps: Int
  private let geometry: FieldGeometry
  private(set) var field: Field
  private(set) var logWeight: Double
  private var momenta: [Double]
  private var gradient: [Double]
  private var width: Double
  var length = 1

  init(
    _ energy: any EffectiveEnergy, from field: Field, temperature: Double, leapfrogSteps: Int,
    geometry: FieldGeometry
  ) {
    self.energy = energy
    self.temperature = temperature
    self.leapfrogSteps = leapfrogSteps
    self.geometry = geometry
    self.field = field
    momenta = [Double](repeating: 0, count: field.values.count)
    gradient = momenta
    logWeight = -energy.energy(field) / temperature
    width = 1 / Double(leapfrogSteps)
  }

  var step: Double? {
    get { width }
    set { width = min(max(newValue ?? width, 1e-6), 10) }
  }

  func reset(to field: Field) {
    self.field = field
    logWeight = -energy.energy(field) / temperature
  }

  func walk(using random: inout RandomStream) -> Double {
    var accepted = 0
    for _ in 0..<length where trajectory(using: &random) { accepted += 1 }
    return Double(accepted) / Double(length)
  }

  private func trajectory(using random: inout RandomStream) -> Bool {
    let (origin, before) = (field, logWeight)
    drawMomenta(using: &random)
    // A width drawn anew every time keeps trajectories off closed orbits.
    let time = width * (0.8 + 0.4 * random.uniform())
    let kineticBefore = kinetic
    var potential = kick(time / 2)
    for step in 1...leapfrogSteps {
      geometry.move(&field.values, &momenta, components: field.components, by: time)
      potential = kick(step == leapfrogSteps ? time / 2 : time)
    }
    let after = -potential
    if accepts(after - before - kinetic + kineticBefore, using: &random) {
      logWeight = after
      return true
    }
    field = origin
    return false
  }

  private func drawMomenta(using random: inout RandomStream) {
    var i = 0
    while i < momenta.count {
      let pair = random.normalPair()
      momenta[i] = pair.0
      if i + 1 < momenta.count { momenta[i + 1] = pair.1 }
      i += 2
    }
    geometry.project(&momenta, at: field.values, components: field.components)
  }

  /// p -= time grad(H_eff / T), in the tangent space; returns H_eff / T.
  private func kick(_ time: Double) -> Double {
    for i in gradient.indices { gradient[i] = 0 }
    let value = energy.fieldGradient(field, scale: 1 / temperature, into: &gradient)
    for i in gradient.indices { momenta[i] -= time * gradient[i] }
    geometry.project(&momenta, at: field.values, components: field.components)
    return value / temperature
  }

  private var kinetic: Double { momenta.reduce(0) { $0 + $1 * $1 } / 2 }
}
