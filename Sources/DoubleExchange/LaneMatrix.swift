/// Square matrices of 2 x 2 blocks for four poles at a time, one pole per SIMD lane, inverted in
/// place by Gauss and Jordan with one site's block as pivot.
///
/// The matrices are Schur complements of mu + i omega - H with H Hermitian. Their skew-Hermitian
/// part stays at least omega, so no pivot block is singular and no rows are exchanged.
/// With paired levels (see `GreenFunctions`) only the spin-up column of every site is kept, and
/// the spin-down column follows from it.
final class LaneMatrix {
  let isPaired: Bool
  /// Most sites of a matrix.
  let capacity: Int
  /// Stored columns a site: 1 when paired.
  let width: Int
  /// Real and imaginary lanes of row a, stored column j at 2 * (a * stride + j).
  let elements: Workspace<Lane>
  let stride: Int
  private let scaled: Workspace<Lane>

  init(capacity: Int, isPaired: Bool) {
    self.capacity = capacity
    self.isPaired = isPaired
    width = isPaired ? 1 : 2
    stride = width * capacity
    let zero = Lane(repeating: 0)
    elements = Workspace(repeating: zero, count: 4 * capacity * stride)
    scaled = Workspace(repeating: zero, count: 4 * stride)
  }

  /// One complex number per lane.
  struct Number {
    var re, im: Lane

    @inline(__always)
    static func * (a: Number, b: Number) -> Number {
      Number(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
    }

    @inline(__always)
    static func - (a: Number, b: Number) -> Number { Number(re: a.re - b.re, im: a.im - b.im) }

    @inline(__always)
    static func + (a: Number, b: Number) -> Number { Number(re: a.re + b.re, im: a.im + b.im) }

    @inline(__always)
    static prefix func - (a: Number) -> Number { Number(re: -a.re, im: -a.im) }
  }

  /// A 2 x 2 block, row by row.
  struct Block {
    var a, b, c, d: Number
  }

  @inline(__always)
  func number(_ row: Int, _ column: Int) -> Number {
    let at = unsafe elements.start + 2 * (row * stride + column)
    return unsafe Number(re: at[0], im: at[1])
  }

  @inline(__always)
  func set(_ row: Int, _ column: Int, _ value: Number) {
    let at = unsafe elements.start + 2 * (row * stride + column)
    unsafe (at[0], at[1]) = (value.re, value.im)
  }

  /// The block between two sites; `sign` is the product of their staggering signs.
  @inline(__always)
  func block(_ i: Int, _ j: Int, sign: Double) -> Block {
    let (a, c) = (number(2 * i, width * j), number(2 * i + 1, width * j))
    if isPaired {
      return Block(
        a: a, b: Number(re: sign * c.re, im: -sign * c.im), c: c,
        d: Number(re: -sign * a.re, im: sign * a.im))
    }
    return Block(a: a, b: number(2 * i, 2 * j + 1), c: c, d: number(2 * i + 1, 2 * j + 1))
  }

  @inline(__always)
  private func set(_ i: Int, _ j: Int, _ block: Block) {
    set(2 * i, width * j, block.a)
    set(2 * i + 1, width * j, block.c)
    if !isPaired {
      set(2 * i, 2 * j + 1, block.b)
      set(2 * i + 1, 2 * j + 1, block.d)
    }
  }

  /// Eliminates all `count` sites; the result is the inverse when `isInverted`, otherwise only the
  /// determinant is good. Returns sum over sites of ln |det of the pivot block|^2, by lane.
  func eliminate(count: Int, staggering: [Double], isInverted: Bool) -> Lane {
    var logs = Lane(repeating: 0)
    for k in 0..<count {
      let pivot = block(k, k, sign: 1)
      let determinant = pivot.a * pivot.d - pivot.b * pivot.c
      let modulus = determinant.re * determinant.re + determinant.im * determinant.im
      for lane in 0..<4 { logs[lane] += naturalLogarithm(modulus[lane]) }
      let inverse = Self.inverse(pivot, determinant, modulus)
      let first = isInverted ? 0 : k + 1
      scaleRow(k, inverse, first: first, count: count)
      for i in first..<count where i != k {
        // Between a site that is done and one that is not stands A^-1 A', a product of two
        // matrices odd under Theta: it is even, and the sign of the spin-down column turns.
        let parity = i < k ? -1.0 : 1.0
        let factor = block(i, k, sign: parity * staggering[i] * staggering[k])
        subtract(factor, from: i, first: first, count: count)
        if isInverted { set(i, k, Self.negated(factor, times: inverse)) }
      }
      if isInverted {
        copyRow(to: k, count: count)
        set(k, k, inverse)
      }
    }
    return logs
  }

  private static func inverse(_ p: Block, _ determinant: Number, _ modulus: Lane) -> Block {
    let r = Number(re: determinant.re / modulus, im: -determinant.im / modulus)
    return Block(a: p.d * r, b: -(p.b * r), c: -(p.c * r), d: p.a * r)
  }

  @inline(__always)
  private static func negated(_ f: Block, times p: Block) -> Block {
    Block(
      a: -(f.a * p.a + f.b * p.c), b: -(f.a * p.b + f.b * p.d),
      c: -(f.c * p.a + f.d * p.c), d: -(f.c * p.b + f.d * p.d))
  }

  /// P^-1 times the two rows of site k into `scaled`: upper row at 4 j, lower at 4 j + 2.
  private func scaleRow(_ k: Int, _ p: Block, first: Int, count: Int) {
    for j in (width * first)..<(width * count) {
      let (x, y) = (number(2 * k, j), number(2 * k + 1, j))
      let (u, v) = (p.a * x + p.b * y, p.c * x + p.d * y)
      let at = unsafe scaled.start + 4 * j
      unsafe (at[0], at[1], at[2], at[3]) = (u.re, u.im, v.re, v.im)
    }
  }

  private func copyRow(to k: Int, count: Int) {
    for j in 0..<(width * count) {
      let at = unsafe scaled.start + 4 * j
      unsafe set(2 * k, j, Number(re: at[0], im: at[1]))
      unsafe set(2 * k + 1, j, Number(re: at[2], im: at[3]))
    }
  }

  /// Rows of site i minus F times the scaled pivot rows.
  private func subtract(_ f: Block, from i: Int, first: Int, count: Int) {
    let upper = unsafe elements.start + 4 * i * stride
    let lower = unsafe upper + 2 * stride
    let (ar, ai, br, bi) = (f.a.re, f.a.im, f.b.re, f.b.im)
    let (cr, ci, dr, di) = (f.c.re, f.c.im, f.d.re, f.d.im)
    for j in (width * first)..<(width * count) {
      let row = unsafe scaled.start + 4 * j
      let (xr, xi, yr, yi) = unsafe (row[0], row[1], row[2], row[3])
      unsafe upper[2 * j] = upper[2 * j].addingProduct(-ar, xr).addingProduct(ai, xi)
        .addingProduct(-br, yr).addingProduct(bi, yi)
      unsafe upper[2 * j + 1] = upper[2 * j + 1].addingProduct(-ar, xi).addingProduct(-ai, xr)
        .addingProduct(-br, yi).addingProduct(-bi, yr)
      unsafe lower[2 * j] = lower[2 * j].addingProduct(-cr, xr).addingProduct(ci, xi)
        .addingProduct(-dr, yr).addingProduct(di, yi)
      unsafe lower[2 * j + 1] = lower[2 * j + 1].addingProduct(-cr, xi).addingProduct(-ci, xr)
        .addingProduct(-dr, yi).addingProduct(-di, yr)
    }
  }
}
