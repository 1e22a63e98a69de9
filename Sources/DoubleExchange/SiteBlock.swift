typealias Lane = SIMD4<Double>

/// The Green functions between the sites of one block, for all poles side by side in SIMD lanes.
///
/// A proposal at a site needs its own 2 x 2 blocks only, and an accepted one changes the block's
/// (2m)^2 numbers at once; the rest of the lattice hears of it when the block is absorbed.
/// With V = v.sigma the change on the site and g the site's 2 x 2 block of G = (z - H)^-1:
///
///     det(1 - g V) = 1 - tr(g V) - |v|^2 det g
///     G' = G + G V (1 - g V)^-1 G
final class SiteBlock {
  /// Most sites of a block.
  let capacity: Int
  /// SIMD vectors that hold one number per pole.
  let lanes: Int
  /// Rows and columns of the storage, two per site.
  let extent: Int
  /// g_ab of lane l: real part at 2 * ((l * extent + a) * extent + b), imaginary part after it.
  let green: Workspace<Lane>
  private let weights: [Lane]
  private let columns: Workspace<Lane>
  private let rows: Workspace<Lane>
  private let scattering: Workspace<Lane>

  init(capacity: Int, weights: [Double]) {
    self.capacity = capacity
    lanes = (weights.count + 3) / 4
    extent = 2 * capacity
    let zero = Lane(repeating: 0)
    green = Workspace(repeating: zero, count: 2 * lanes * extent * extent)
    columns = Workspace(repeating: zero, count: 4 * lanes * extent)
    rows = Workspace(repeating: zero, count: 4 * lanes * extent)
    scattering = Workspace(repeating: zero, count: 8 * lanes)
    // Lanes beyond the last pole weigh nothing.
    var padded = [Lane](repeating: zero, count: lanes)
    for (p, weight) in weights.enumerated() { padded[p / 4][p % 4] = weight }
    self.weights = padded
  }

  /// The four numbers of the 2 x 2 block between two sites.
  struct Quad {
    var r11, r12, r21, r22, i11, i12, i21, i22: Lane
  }

  @inline(__always)
  func quad(_ lane: Int, _ siteA: Int, _ siteB: Int) -> Quad {
    let base = unsafe green.start + 2 * ((lane * extent + 2 * siteA) * extent + 2 * siteB)
    let next = unsafe base + 2 * extent
    return unsafe Quad(
      r11: base[0], r12: base[2], r21: next[0], r22: next[2], i11: base[1], i12: base[3],
      i21: next[1], i22: next[3])
  }

  /// Change of ln W by v.sigma on one site: sum_p q_p ln |det(1 - g_p V)|^2.
  func logRatio(site: Int, change v: SIMD3<Double>) -> Double {
    let square = (v * v).sum()
    var sum = 0.0
    for l in 0..<lanes {
      let d = determinant(quad(l, site, site), v, square)
      let modulus = d.re * d.re + d.im * d.im
      for k in 0..<4 { sum += weights[l][k] * naturalLogarithm(modulus[k]) }
    }
    return sum
  }

  @inline(__always)
  private func determinant(
    _ g: Quad, _ v: SIMD3<Double>, _ square: Double
  ) -> (re: Lane, im: Lane, traceRe: Lane, traceIm: Lane) {
    let traceRe =
      v.z * (g.r11 - g.r22) + v.x * (g.r12 + g.r21) - v.y * (g.i12 - g.i21)
    let traceIm =
      v.z * (g.i11 - g.i22) + v.x * (g.i12 + g.i21) + v.y * (g.r12 - g.r21)
    let detRe = (g.r11 * g.r22 - g.i11 * g.i22) - (g.r12 * g.r21 - g.i12 * g.i21)
    let detIm = (g.r11 * g.i22 + g.i11 * g.r22) - (g.r12 * g.i21 + g.i12 * g.r21)
    return (1 - traceRe - square * detRe, -traceIm - square * detIm, traceRe, traceIm)
  }

  /// Carries an accepted change through the block of `count` sites.
  func accept(site: Int, change v: SIMD3<Double>, count: Int) {
    for l in 0..<lanes {
      setScattering(l, site, v)
      copyRowsAndColumns(l, site, count)
      addOuterProduct(l, count)
    }
  }

  /// M = V (1 - g V)^-1 = ((1 - tr gV) V + V g V) / det(1 - g V).
  private func setScattering(_ l: Int, _ site: Int, _ v: SIMD3<Double>) {
    let g = quad(l, site, site)
    let d = determinant(g, v, (v * v).sum())
    let scale = 1 / (d.re * d.re + d.im * d.im)
    let product = conjugated(g, v)
    let (a, b) = (1 - d.traceRe, -d.traceIm)
    let plain =
      [
        (product.r11 + a * v.z, product.i11 + b * v.z),
        (product.r12 + a * v.x + b * v.y, product.i12 + b * v.x - a * v.y),
        (product.r21 + a * v.x - b * v.y, product.i21 + b * v.x + a * v.y),
        (product.r22 - a * v.z, product.i22 - b * v.z),
      ] as InlineArray<4, (Lane, Lane)>
    for k in 0..<4 {
      let (re, im) = plain[k]
      unsafe scattering.start[2 * k] = (re * d.re + im * d.im) * scale
      unsafe scattering.start[2 * k + 1] = (im * d.re - re * d.im) * scale
    }
  }

  /// V g V with V = [z, x - iy; x + iy, -z].
  @inline(__always)
  func conjugated(_ g: Quad, _ v: SIMD3<Double>) -> Quad { times(times(g, left: v), right: v) }

  @inline(__always)
  func times(_ g: Quad, left v: SIMD3<Double>) -> Quad {
    Quad(
      r11: v.z * g.r11 + v.x * g.r21 + v.y * g.i21, r12: v.z * g.r12 + v.x * g.r22 + v.y * g.i22,
      r21: v.x * g.r11 - v.y * g.i11 - v.z * g.r21, r22: v.x * g.r12 - v.y * g.i12 - v.z * g.r22,
      i11: v.z * g.i11 + v.x * g.i21 - v.y * g.r21, i12: v.z * g.i12 + v.x * g.i22 - v.y * g.r22,
      i21: v.x * g.i11 + v.y * g.r11 - v.z * g.i21, i22: v.x * g.i12 + v.y * g.r12 - v.z * g.i22)
  }

  @inline(__always)
  func times(_ g: Quad, right v: SIMD3<Double>) -> Quad {
    Quad(
      r11: v.z * g.r11 + v.x * g.r12 - v.y * g.i12, r12: v.x * g.r11 + v.y * g.i11 - v.z * g.r12,
      r21: v.z * g.r21 + v.x * g.r22 - v.y * g.i22, r22: v.x * g.r21 + v.y * g.i21 - v.z * g.r22,
      i11: v.z * g.i11 + v.x * g.i12 + v.y * g.r12, i12: v.x * g.i11 - v.y * g.r11 - v.z * g.i12,
      i21: v.z * g.i21 + v.x * g.i22 + v.y * g.r22, i22: v.x * g.i21 - v.y * g.r21 - v.z * g.i22)
  }

  /// W = g[:, site] M into `columns`, g[site, :] into `rows`, before either is changed.
  private func copyRowsAndColumns(_ l: Int, _ site: Int, _ count: Int) {
    let m = unsafe scattering.start
    for a in 0..<(2 * count) {
      let from = unsafe green.start + 2 * ((l * extent + a) * extent + 2 * site)
      let (re0, im0, re1, im1) = unsafe (from[0], from[1], from[2], from[3])
      let to = unsafe columns.start + 4 * a
      for t in 0..<2 {
        let (mr0, mi0, mr1, mi1) = unsafe (
          m[2 * t], m[2 * t + 1], m[2 * t + 4], m[2 * t + 5]
        )
        unsafe to[2 * t] = re0 * mr0 - im0 * mi0 + re1 * mr1 - im1 * mi1
        unsafe to[2 * t + 1] = re0 * mi0 + im0 * mr0 + re1 * mi1 + im1 * mr1
      }
    }
    let first = unsafe green.start + 2 * (l * extent + 2 * site) * extent
    for b in 0..<(4 * count) {
      unsafe rows.start[b] = first[b]
      unsafe rows.start[2 * extent + b] = first[2 * extent + b]
    }
  }

  /// g += W g[site, :], two rows at a time so that each loaded row entry serves twice.
  private func addOuterProduct(_ l: Int, _ count: Int) {
    let (row0, row1) = unsafe (rows.start, rows.start + 2 * extent)
    for pair in 0..<count {
      let w = unsafe columns.start + 8 * pair
      let (ar0, ai0, ar1, ai1) = unsafe (w[0], w[1], w[2], w[3])
      let (br0, bi0, br1, bi1) = unsafe (w[4], w[5], w[6], w[7])
      let a = unsafe green.start + 2 * ((l * extent + 2 * pair) * extent)
      let b = unsafe a + 2 * extent
      for column in 0..<(2 * count) {
        let at = 2 * column
        let (xr, xi, yr, yi) = unsafe (row0[at], row0[at + 1], row1[at], row1[at + 1])
        unsafe a[at] = a[at].addingProduct(ar0, xr).addingProduct(ar1, yr)
          .addingProduct(-ai0, xi).addingProduct(-ai1, yi)
        unsafe a[at + 1] = a[at + 1].addingProduct(ar0, xi).addingProduct(ar1, yi)
          .addingProduct(ai0, xr).addingProduct(ai1, yr)
        unsafe b[at] = b[at].addingProduct(br0, xr).addingProduct(br1, yr)
          .addingProduct(-bi0, xi).addingProduct(-bi1, yi)
        unsafe b[at + 1] = b[at + 1].addingProduct(br0, xi).addingProduct(br1, yi)
          .addingProduct(bi0, xr).addingProduct(bi1, yr)
      }
    }
  }
}
