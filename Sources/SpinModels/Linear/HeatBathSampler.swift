internal import MonteCarlo
internal import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Exact heat bath of the linear model: with the neighbours fixed, a spin in the local field
/// h = sum_k J_k h_k is distributed as exp(h . S / T), whose polar angle can be drawn directly.
///
/// A sweep visits all sites in ascending or, with probability 1/2, in descending order: the reverse
/// of a sweep is then as likely as the sweep, so it obeys detailed balance as a whole, which the
/// exact acceptance test of self-learning needs. The cost of a site depends on the shells alone.
final class HeatBathSampler: LocalSampler {
  private var spins: CoupledSpins
  private let temperature: Double

  init(_ table: ShellTable, parameters: [Double], field: borrowing Field, temperature: Double) {
    spins = CoupledSpins(table, parameters: parameters)
    self.temperature = temperature
    reset(to: field)
  }

  func reset(to field: borrowing Field) { spins.set(field.values.span) }

  var field: Field {
    Field(
      places: spins.values.count, components: 3,
      values: spins.values.flatMap { [$0.x, $0.y, $0.z] })
  }

  var energy: Double { spins.energy }

  var step: Double? {
    get { nil }
    set {}
  }

  func sweep(using random: inout RandomStream) -> Double {
    spins.sweep(inverseTemperature: 1 / temperature, using: &random)
    return 1
  }
}

extension HeatBathSampler: OverrelaxingSampler {
  /// S -> 2 (S . h) h / |h|^2 - S keeps S . h and so the energy (Brown and Woch 1987).
  func overrelax(using random: inout RandomStream) { spins.reflect(using: &random) }
}

/// Spins and, for every site, the neighbours with a coupling.
struct CoupledSpins {
  private(set) var values: [SIMD3<Double>]
  private let degree: Int
  private let neighbours: [Int]
  private let couplings: [Double]
  private let offset: Double

  init(_ table: ShellTable, parameters: [Double]) {
    let shells = 1..<max(1, table.shells)
    values = [SIMD3<Double>](repeating: .zero, count: table.sites)
    degree = shells.reduce(0) { $0 + table.coordination[$1] }
    couplings = shells.flatMap { k in
      [Double](repeating: parameters[k], count: table.coordination[k])
    }
    neighbours = (0..<table.sites).flatMap { i in
      shells.flatMap { k in
        let z = table.coordination[k]
        return table.neighbours[(table.starts[k] + i * z)..<(table.starts[k] + (i + 1) * z)]
      }
    }
    offset = parameters[0]
  }

  mutating func set(_ field: Span<Double>) {
    for i in values.indices {
      values[i] = SIMD3(field[3 * i], field[3 * i + 1], field[3 * i + 2])
    }
  }

  var energy: Double {
    let sum = values.indices.reduce(0.0) { sum, i in
      sum + (localField(i, values.span) * values[i]).sum()
    }
    return offset - sum / 2
  }

  mutating func sweep(inverseTemperature: Double, using random: inout RandomStream) {
    let ascending = random.next() & 1 == 0
    for n in values.indices {
      let i = ascending ? n : values.count - 1 - n
      let h = localField(i, values.span)
      values[i] = drawSpin(in: h * inverseTemperature, using: &random)
    }
  }

  /// Reflections about the local fields, up or down the sites like `sweep`.
  mutating func reflect(using random: inout RandomStream) {
    let ascending = random.next() & 1 == 0
    for n in values.indices {
      let i = ascending ? n : values.count - 1 - n
      let h = localField(i, values.span)
      let square = (h * h).sum()
      guard square > 1e-24 else { continue }
      let s = values[i]
      let image = h * (2 * (s * h).sum() / square) - s
      values[i] = image / (image * image).sum().squareRoot()
    }
  }

  @inline(__always)
  private func localField(_ i: Int, _ spins: Span<SIMD3<Double>>) -> SIMD3<Double> {
    let row = neighbours.span.extracting((i * degree)..<((i + 1) * degree))
    let weights = couplings.span
    var h = SIMD3<Double>.zero
    for n in row.indices { h.addProduct(SIMD3(repeating: weights[n]), spins[row[n]]) }
    return h
  }
}

/// A unit vector with density proportional to exp(h . S): cos theta = 1 + ln(u + (1 - u) e^-2|h|)
/// / |h| inverts the cumulative distribution; the azimuth is uniform.
@inline(__always)
func drawSpin(in h: SIMD3<Double>, using random: inout RandomStream) -> SIMD3<Double> {
  let norm = (h * h).sum().squareRoot()
  guard norm > 1e-12 else { return random.unitVector() }
  let u = random.uniformOpen()
  let cosine = max(-1, min(1, 1 + log(u + (1 - u) * exp(-2 * norm)) / norm))
  let sine = (1 - cosine * cosine).squareRoot()
  let angle = 2 * Double.pi * random.uniform()
  let (first, second) = frame(h / norm)
  let spin = cosine * (h / norm) + (sine * cos(angle)) * first + (sine * sin(angle)) * second
  return spin / (spin * spin).sum().squareRoot()
}

/// Two unit vectors that complete `axis` to an orthonormal frame (Duff et al., JCGT 6, 2017).
@inline(__always)
private func frame(_ axis: SIMD3<Double>) -> (SIMD3<Double>, SIMD3<Double>) {
  let sign: Double = axis.z < 0 ? -1 : 1
  let a = -1 / (sign + axis.z)
  let b = axis.x * axis.y * a
  return (
    SIMD3(1 + sign * axis.x * axis.x * a, sign * b, -sign * axis.x),
    SIMD3(b, sign + axis.y * axis.y * a, -axis.y)
  )
}
