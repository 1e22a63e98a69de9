/// One number of several configurations at once.
///
/// The kernels put configurations, not sites, side by side: every operation of a model becomes the
/// same SIMD operation, whatever the lattice, without shuffles and without a ragged last vector.
package typealias Lanes = SIMD4<Double>

extension SIMD4<Double> {
  @inline(__always)
  package static var width: Int { scalarCount }
}

/// x * y + z with one rounding, the operation that the kernels are made of.
@inline(__always)
func fused(_ x: Lanes, _ y: Lanes, _ z: Lanes) -> Lanes { z.addingProduct(x, y) }

@inline(__always)
func positivePart(_ x: Lanes) -> Lanes { x.replacing(with: 0, where: x .<= 0) }
