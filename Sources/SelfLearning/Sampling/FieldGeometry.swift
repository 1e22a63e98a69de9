internal import MonteCarlo

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension FieldGeometry {
  /// Removes the part of every momentum that would leave the space.
  func project(_ momenta: inout [Double], at field: [Double], components: Int) {
    guard self == .unitVectors else { return }
    var p = momenta.mutableSpan
    let s = field.span
    var site = 0
    while site < s.count {
      var along = 0.0
      for c in 0..<components { along += s[site + c] * p[site + c] }
      for c in 0..<components { p[site + c] -= along * s[site + c] }
      site += components
    }
  }

  /// Follows the geodesics for `time`: straight lines, or great circles
  /// S cos(|p| t) + p/|p| sin(|p| t), which turn the momenta along.
  func move(
    _ field: inout [Double], _ momenta: inout [Double], components: Int, by time: Double
  ) {
    var s = field.mutableSpan
    var p = momenta.mutableSpan
    guard self == .unitVectors else {
      for i in s.indices { s[i] += time * p[i] }
      return
    }
    var site = 0
    while site < s.count {
      turn(&s, &p, site..<(site + components), by: time)
      site += components
    }
  }
}

private func turn(
  _ s: inout MutableSpan<Double>, _ p: inout MutableSpan<Double>, _ site: Range<Int>,
  by time: Double
) {
  var square = 0.0
  for i in site { square += p[i] * p[i] }
  let speed = square.squareRoot()
  guard speed > 0 else { return }
  let (cosine, sine) = (cos(speed * time), sin(speed * time))
  var norm = 0.0
  for i in site {
    let old = s[i]
    s[i] = old * cosine + p[i] / speed * sine
    p[i] = p[i] * cosine - speed * old * sine
    norm += s[i] * s[i]
  }
  // Rounding would take the vectors off the sphere over a long chain.
  let scale = 1 / norm.squareRoot()
  for i in site { s[i] *= scale }
}

func logarithm(_ x: Double) -> Double { log(x) }
