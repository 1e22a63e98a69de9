/// Poles of rational approximants to F(s) = tanh(sqrt s) / sqrt s on [0, Y^2], one more a step.
///
/// F is a Stieltjes function, F(s) = sum_k w_k / (s + d_k) with d_k = ((k - 1/2) pi)^2 and w_k = 2.
/// With u_k = sqrt(w_k / d_k) it reads u+ (1 + s D^-1)^-1 u, and the Galerkin projection of D^-1 on
/// span{(1 + s_j D^-1)^-1 u} interpolates F and F' at every s_j, with poles on the cut and positive
/// weights. The next s_j is put where the error is worst (adaptive rational Krylov subspaces:
/// Druskin and Simoncini, Systems & Control Letters 60 (2011) 546).
struct PoleSearch {
  /// b_p = sqrt of the pole in -s.
  private(set) var poles: [Double] = []
  /// c_p of the Galerkin approximant.
  private(set) var weights: [Double] = []
  /// The error no longer falls: rounding has been reached.
  private(set) var isExhausted = false

  private let nodes: [Double]
  private let start: [Double]
  private let masses: [Double]
  private var basis: [[Double]] = []
  private var shift: Double
  private var worst = Double.infinity
  private var stalls = 0

  init(halfWidth: Double) {
    (nodes, masses) = Self.measure(halfWidth: halfWidth)
    start = zip(nodes, masses).map { ($1 / $0).squareRoot() }
    shift = halfWidth
  }

  mutating func extend(_ grid: [Double]) {
    append(zip(start, nodes).map { $0 / (1 + shift * shift / $1) })
    project()
    let errors = grid.map { abs(Self.sum($0, nodes, masses) - galerkin($0)) }
    var at = 0
    for i in errors.indices where errors[i] > errors[at] { at = i }
    stalls = errors[at] < 0.9 * worst ? 0 : stalls + 1
    isExhausted = stalls > 3 || errors[at] < 4e-16
    worst = min(worst, errors[at])
    shift = grid[at]
  }

  /// Gram and Schmidt, twice.
  private mutating func append(_ vector: [Double]) {
    var x = vector
    for _ in 0..<2 {
      for b in basis {
        let overlap = dot(b, x)
        for i in x.indices { x[i] -= overlap * b[i] }
      }
    }
    let norm = dot(x, x).squareRoot()
    basis.append(x.map { $0 / norm })
  }

  /// Singular values of D^-1/2 V by one-sided Jacobi rotations, which keep the small ones (the
  /// far poles) accurate; with the right rotations applied to V+ u as well.
  private mutating func project() {
    var columns = basis.map { zip($0, nodes).map { $0 / $1.squareRoot() } }
    var overlaps = basis.map { dot($0, start) }
    var rotated = true
    var sweeps = 0
    while rotated && sweeps < 40 {
      rotated = false
      sweeps += 1
      for p in columns.indices {
        for q in columns.indices where q > p {
          if rotate(&columns, &overlaps, p, q) { rotated = true }
        }
      }
    }
    let found = zip(columns, overlaps).map { column, overlap in
      let pole = 1 / dot(column, column).squareRoot()
      return (pole: pole, weight: overlap * overlap * pole * pole)
    }.sorted { $0.pole < $1.pole }
    poles = found.map(\.pole)
    weights = found.map(\.weight)
  }

  private func galerkin(_ y: Double) -> Double {
    zip(poles, weights).reduce(0) { $0 + $1.1 * y / (y * y + $1.0 * $1.0) }
  }

  /// The Matsubara poles one by one, then panels of a six-point Gauss rule that stretch to
  /// beyond Y, the last one to infinity (in 1/b).
  private static func measure(halfWidth: Double) -> (nodes: [Double], masses: [Double]) {
    let exact = 400
    var nodes = (0...exact).map { (Double($0) + 0.5) * .pi }
    var masses = [Double](repeating: 2, count: exact)
    // Euler and Maclaurin: sum_{k >= K} g(k + 1/2) = int_K g + (g(K + 1/2) - g(K - 1/2)) / 24 + …
    masses[exact - 1] -= 2.0 / 24
    masses.append(2.0 / 24)
    var low = Double(exact) * .pi
    while low < 3 * halfWidth {
      let high = 1.6 * low
      for (x, weight) in gauss {
        nodes.append((low + high) / 2 + (high - low) / 2 * x)
        masses.append(weight * (high - low) / .pi)
      }
      low = high
    }
    for (x, weight) in gauss {
      let part = (1 + x) / 2
      nodes.append(low / part)
      masses.append(weight * low / (part * part * .pi))
    }
    return (nodes.map { $0 * $0 }, masses)
  }

  private static func sum(_ y: Double, _ nodes: [Double], _ masses: [Double]) -> Double {
    zip(nodes, masses).reduce(0) { $0 + $1.1 * y / (y * y + $1.0) }
  }

  /// Nodes and weights of the six-point Gauss-Legendre rule on [-1, 1].
  private static let gauss: [(Double, Double)] = [
    (0.238_619_186_083_196_9, 0.467_913_934_572_691_0),
    (0.661_209_386_466_264_5, 0.360_761_573_048_138_6),
    (0.932_469_514_203_152_0, 0.171_324_492_379_170_3),
  ].flatMap { [($0.0, $0.1), (-$0.0, $0.1)] }
}

/// Makes columns p and q orthogonal; false when they already are to rounding.
private func rotate(
  _ columns: inout [[Double]], _ overlaps: inout [Double], _ p: Int, _ q: Int
) -> Bool {
  let (pp, qq) = (dot(columns[p], columns[p]), dot(columns[q], columns[q]))
  let pq = dot(columns[p], columns[q])
  guard abs(pq) > 1e-15 * (pp * qq).squareRoot() else { return false }
  let zeta = (qq - pp) / (2 * pq)
  let t = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
  let c = 1 / (1 + t * t).squareRoot()
  let s = c * t
  for i in columns[p].indices {
    let (x, y) = (columns[p][i], columns[q][i])
    columns[p][i] = c * x - s * y
    columns[q][i] = s * x + c * y
  }
  let (x, y) = (overlaps[p], overlaps[q])
  overlaps[p] = c * x - s * y
  overlaps[q] = s * x + c * y
  return true
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}
