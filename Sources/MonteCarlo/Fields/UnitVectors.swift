public import Randomness

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A vector of length 1 at every place.
public struct UnitVectors: FieldSpace {
  /// How far a squared norm may be from 1: far above rounding, far below a forgotten normalisation.
  public static let tolerance = 1e-8

  /// What a vector is called in messages.
  private let name: String

  /// Vectors under that name in messages.
  public init(_ name: String = "vector") { self.name = name }

  public func validate(_ field: borrowing Field) throws(FieldError) {
    for place in 0..<field.places {
      let square = Self.square(of: place, field)
      guard square.isFinite else {
        let values = field.values[(place * field.components)..<((place + 1) * field.components)]
        let text = values.map { "\($0)" }.joined(separator: ", ")
        throw FieldError("the \(name) at site \(place) is not finite: \(text)")
      }
      guard abs(square - 1) <= Self.tolerance else {
        throw FieldError("the \(name) at site \(place) has norm \(square.squareRoot()), not 1")
      }
    }
  }

  public func randomise(_ field: inout Field, using random: inout RandomStream) {
    let width = field.components
    for place in 0..<field.places {
      let range = (place * width)..<((place + 1) * width)
      if width == 3 {
        let vector = random.unitVector()
        for (i, index) in range.enumerated() { field.values[index] = vector[i] }
      } else {
        for index in range { field.values[index] = random.normalPair().0 }
        let norm = Self.square(of: place, field).squareRoot()
        for index in range { field.values[index] /= norm }
      }
    }
  }

  public func retract(_ field: inout Field) -> Double {
    let width = field.components
    var worst = 0.0
    for place in 0..<field.places {
      let square = Self.square(of: place, field)
      guard square.isFinite, square > 0 else { return .infinity }
      worst = max(worst, abs(square - 1))
      for index in (place * width)..<((place + 1) * width) {
        field.values[index] /= square.squareRoot()
      }
    }
    return worst
  }

  private static func square(of place: Int, _ field: borrowing Field) -> Double {
    let width = field.components
    var sum = 0.0
    for index in (place * width)..<((place + 1) * width) {
      sum += field.values[index] * field.values[index]
    }
    return sum
  }
}

extension UnitVectors {
  public func project(_ momenta: inout [Double], at field: borrowing Field) {
    let components = field.components
    var p = momenta.mutableSpan
    let s = field.values.span
    var site = 0
    while site < s.count {
      var along = 0.0
      for c in 0..<components { along += s[site + c] * p[site + c] }
      for c in 0..<components { p[site + c] -= along * s[site + c] }
      site += components
    }
  }

  /// Great circles S cos(|p| t) + p/|p| sin(|p| t) (Byrne and Girolami, Scand. J. Stat. 40 (2013) 825).
  public func move(_ field: inout Field, _ momenta: inout [Double], by time: Double) {
    let components = field.components
    var s = field.values.mutableSpan
    var p = momenta.mutableSpan
    var site = 0
    while site < s.count {
      turn(&s, &p, site..<(site + components), by: time)
      site += components
    }
  }
}

private func turn(
  _ s: inout MutableSpan<Double>, _ p: inout MutableSpan<Double>, _ place: Range<Int>,
  by time: Double
) {
  var square = 0.0
  for i in place { square += p[i] * p[i] }
  let speed = square.squareRoot()
  guard speed > 0 else { return }
  let (cosine, sine) = (cos(speed * time), sin(speed * time))
  var norm = 0.0
  for i in place {
    let old = s[i]
    s[i] = old * cosine + p[i] / speed * sine
    p[i] = p[i] * cosine - speed * old * sine
    norm += s[i] * s[i]
  }
  // Rounding would take the vectors off the sphere over a long chain.
  let scale = 1 / norm.squareRoot()
  for i in place { s[i] *= scale }
}
