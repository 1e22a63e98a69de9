#if canImport(Glibc)
  public import Glibc
#elseif canImport(Darwin)
  public import Darwin
#endif

extension RandomStream {
  /// Uniform in [0, 1), a multiple of 2^-53.
  @inlinable
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Uniform in (0, 1): never 0, so that its logarithm is finite.
  @inlinable
  public mutating func uniformOpen() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// Uniform in 0..<bound by a 128-bit product; the bias is below bound / 2^64.
  @inlinable
  public mutating func index(below bound: Int) -> Int {
    precondition(bound > 0)
    return Int(truncatingIfNeeded: UInt64(bound).multipliedFullWidth(by: next()).high)
  }

  /// Two independent standard normal numbers (Box and Muller, 1958).
  @inlinable
  public mutating func normalPair() -> (Double, Double) {
    let radius = (-2 * log(uniformOpen())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    return (radius * cos(angle), radius * sin(angle))
  }

  /// A point of the unit sphere, uniform in area: z and the azimuth are uniform (Archimedes).
  @inlinable
  public mutating func unitVector() -> SIMD3<Double> {
    let z = 2 * uniform() - 1
    let radius = max(0, 1 - z * z).squareRoot()
    let angle = 2 * Double.pi * uniform()
    return SIMD3(radius * cos(angle), radius * sin(angle), z)
  }

  /// A random order of 0..<count (Fisher and Yates).
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(i, index(below: i + 1))
    }
    return order
  }
}
