internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Fermions in a window of plane waves P that scatter off vectors u_i, with workspace for one
/// configuration:
///
///     M = E_P + V_PP - c V_PQ (1 / E_Q) V_QP,    V = sum_i |i> u_i . sigma <i|,
///     F = -T sum_n ln(1 + exp(-e_n / T)),        e_n the levels of M,
///
/// Q the waves outside, to second order (Loewdin, J. Chem. Phys. 19 (1951) 1396; the energy of the
/// window is neglected beside E_Q). Energies count from the chemical potential.
final class DownfoldedFermions {
  private let waves: PlaneWaves
  private let temperature: Double
  private let solver: HermitianEigensolver?
  /// V_PP, V_PQ and V_PQ / E_Q; rows 2p + spin.
  private var inner: ComplexMatrix
  private var outer: ComplexMatrix
  private var divided: ComplexMatrix
  private var reduced: ComplexMatrix
  private var weighted: Matrix
  private var products: [Matrix]
  private var strength = 0.0

  init(_ waves: PlaneWaves, temperature: Double) {
    self.waves = waves
    self.temperature = temperature
    let (m, n) = (waves.inside.columns, waves.all.columns)
    solver = m > 0 ? HermitianEigensolver(order: 2 * m) : nil
    inner = ComplexMatrix(rows: 2 * m, columns: 2 * m)
    outer = ComplexMatrix(rows: 2 * m, columns: 2 * (n - m))
    divided = outer
    reduced = inner
    weighted = Matrix(rows: n, columns: m)
    products = [Matrix](repeating: Matrix(rows: m, columns: n), count: 3)
  }

  private var insideCount: Int { waves.inside.columns }
  private var hasOutside: Bool { outer.columns > 0 && strength != 0 }

  /// F for the vectors u, three components a site; NaN when LAPACK fails.
  func freeEnergy(_ u: [Double], virtual strength: Double) -> Double {
    guard let solver else { return 0 }
    self.strength = strength
    scatter(u)
    reduced = inner
    for p in 0..<(2 * insideCount) {
      reduced[p, p] = reduced[p, p] + Complex(waves.energies[p / 2])
    }
    if hasOutside {
      multiply(
        divided, outer, second: .adjoint, scale: Complex(-strength), keep: Complex(1),
        into: &reduced)
    }
    do {
      try solver.solveValues(reduced.elements)
    } catch {
      return .nan
    }
    return solver.values.reduce(0) { $0 - temperature * logOfOnePlusExp(-$1 / temperature) }
  }

  /// Fills V from its three components in the basis of waves.
  private func scatter(_ u: [Double]) {
    let (m, n) = (insideCount, waves.all.columns)
    for c in 0..<3 {
      for p in 0..<m {
        for i in 0..<n { weighted[i, p] = u[3 * i + c] * waves.inside[i, p] }
      }
      multiply(weighted, waves.all, first: .transposed, into: &products[c])
    }
    for l in 0..<n {
      for p in 0..<m {
        let (x, y, z) = (products[0][p, l], products[1][p, l], products[2][p, l])
        if l < m {
          set(&inner, 2 * p, 2 * l, x, y, z)
        } else {
          set(&outer, 2 * p, 2 * (l - m), x, y, z)
          let e = 1 / waves.energies[l]
          set(&divided, 2 * p, 2 * (l - m), e * x, e * y, e * z)
        }
      }
    }
  }

  /// The 2 x 2 block (x, y, z) . sigma.
  private func set(
    _ matrix: inout ComplexMatrix, _ row: Int, _ column: Int, _ x: Double, _ y: Double, _ z: Double
  ) {
    matrix[row, column] = Complex(z)
    matrix[row, column + 1] = Complex(x, -y)
    matrix[row + 1, column] = Complex(x, y)
    matrix[row + 1, column + 1] = Complex(-z)
  }

  /// After `freeEnergy`: adds scale dF/du to `gradient` and returns dF/dc.
  ///
  /// dF = tr(rho dM) with rho = f(M): the spin density <sigma> of every site, in the window and, to
  /// second order, between the window and the waves outside.
  func differentiate(scale: Double, into gradient: inout [Double]) -> Double {
    guard let solver, (try? solver.solve(reduced.elements)) != nil else { return 0 }
    let density = fermiDensity(solver)
    var mixed = ComplexMatrix(rows: outer.columns, columns: 2 * insideCount)
    if hasOutside { multiply(divided, density, first: .adjoint, into: &mixed) }
    let (m, n) = (insideCount, waves.all.columns)
    var (part, image) = (Matrix(rows: n, columns: m), Matrix(rows: n, columns: m))
    for c in 0..<3 {
      for p in 0..<m {
        for l in 0..<n {
          part[l, p] =
            l < m
            ? pauli(density, 2 * l, 2 * p, c)
            : -2 * strength * pauli(mixed, 2 * (l - m), 2 * p, c)
        }
      }
      multiply(waves.all, part, into: &image)
      for p in 0..<m {
        for i in 0..<n { gradient[3 * i + c] += scale * image[i, p] * waves.inside[i, p] }
      }
    }
    return -virtualDerivative(density)
  }

  /// f(M) = sum_n |n> f(e_n) <n|.
  private func fermiDensity(_ solver: HermitianEigensolver) -> ComplexMatrix {
    let order = solver.order
    let vectors = ComplexMatrix(rows: order, columns: order, elements: solver.vectors)
    var filled = vectors
    for n in 0..<order {
      let f = occupation(solver.values[n] / temperature)
      for p in 0..<order { filled[p, n] = f * filled[p, n] }
    }
    var density = ComplexMatrix(rows: order, columns: order)
    multiply(filled, vectors, second: .adjoint, into: &density)
    return density
  }

  /// tr(rho V (1 / E_Q) V).
  private func virtualDerivative(_ density: ComplexMatrix) -> Double {
    guard outer.columns > 0 else { return 0 }
    var full = ComplexMatrix(rows: 2 * insideCount, columns: outer.columns)
    multiply(density, divided, into: &full)
    return zip(full.elements, outer.elements).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Re sum_{s s'} A[row + s', column + s] sigma^c_{s s'}.
  private func pauli(_ a: ComplexMatrix, _ row: Int, _ column: Int, _ c: Int) -> Double {
    switch c {
    case 0: (a[row + 1, column] + a[row, column + 1]).real
    case 1: a[row + 1, column].imaginary - a[row, column + 1].imaginary
    default: a[row, column].real - a[row + 1, column + 1].real
    }
  }
}

/// ln(1 + e^x) without overflow.
private func logOfOnePlusExp(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

/// 1 / (e^x + 1).
private func occupation(_ x: Double) -> Double {
  x > 0 ? exp(-x) / (1 + exp(-x)) : 1 / (exp(x) + 1)
}
