/// A complex number for the few places that are not interleaved arrays.
@frozen
public struct Complex: Sendable, Hashable {
  /// The real part.
  public var real: Double
  /// The imaginary part.
  public var imaginary: Double

  /// From real and imaginary part.
  @inlinable
  public init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// With the other sign of the imaginary part.
  @inlinable public var conjugate: Complex { Complex(real, -imaginary) }
  /// |z|^2.
  @inlinable public var squaredNorm: Double { real * real + imaginary * imaginary }

  @inlinable
  public static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  @inlinable
  public static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  @inlinable
  public static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  @inlinable
  public static func * (a: Double, b: Complex) -> Complex {
    Complex(a * b.real, a * b.imaginary)
  }
}
