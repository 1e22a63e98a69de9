internal import Randomness

/// A random element of O(3), uniform: three orthonormal rows, the last of either sign.
struct Orthogonal {
  private let rows: (SIMD3<Double>, SIMD3<Double>, SIMD3<Double>)

  init(using random: inout RandomStream) {
    let a = random.unitVector()
    var b = SIMD3<Double>.zero
    // The component of a second vector across the first is uniform in azimuth.
    repeat {
      let raw = random.unitVector()
      b = raw - (raw * a).sum() * a
    } while (b * b).sum() < 1e-6
    b /= (b * b).sum().squareRoot()
    let c = SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
    rows = (a, b, random.next() & 1 == 0 ? c : -c)
  }

  func apply(to values: inout [Double], at i: Int) {
    let spin = SIMD3(values[i], values[i + 1], values[i + 2])
    values[i] = (rows.0 * spin).sum()
    values[i + 1] = (rows.1 * spin).sum()
    values[i + 2] = (rows.2 * spin).sum()
  }
}
