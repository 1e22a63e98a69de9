internal import Lattice
internal import LinearAlgebra

/// G_p = (mu + i omega_p - H)^-1 at every pole of a `PoleExpansion`, omega_p = 2 T b_p.
///
/// When the levels come in pairs +-E about mu, the antiunitary Theta = (-1)^(x+y) i sigma_y K with
/// Theta H Theta^-1 = -H ties the two columns of a site to each other, and only the spin-up
/// columns are stored: half the memory and half the work.
final class GreenFunctions {
  let order: Int
  let sites: Int
  let poles: Int
  /// Columns kept of each G: all, or the spin-up ones.
  let storedColumns: Int
  private let isPaired: Bool
  private let frequencies: [Double]
  private let chemicalPotential: Double
  private let staggering: [Double]
  let storage: Workspace<Double>
  private let left: Workspace<Double>
  private let rows: Workspace<Double>
  private let transfer: Workspace<Double>
  private let scattering: Workspace<Double>
  /// Largest number of sites that one `absorb` may change.
  private let most: Int

  init(_ system: DoubleExchangeSystem, _ expansion: PoleExpansion, blockSites: Int) {
    order = system.states
    sites = system.lattice.sites
    poles = expansion.poles.count
    isPaired = system.hasPairedLevels
    storedColumns = isPaired ? sites : order
    frequencies = expansion.poles.map { 2 * system.temperature * $0 }
    chemicalPotential = system.chemicalPotential
    staggering = system.lattice.staggering
    most = blockSites
    storage = Workspace(repeating: 0, count: poles * 2 * order * storedColumns)
    // A refresh needs room for the eigenvectors, scaled, and for their spin-up rows.
    left = Workspace(repeating: 0, count: 2 * order * max(order, 4 * blockSites))
    rows = Workspace(repeating: 0, count: 2 * order * max(storedColumns, 2 * blockSites))
    transfer = Workspace(repeating: 0, count: 2 * 2 * blockSites * storedColumns)
    scattering = Workspace(repeating: 0, count: poles * 2 * 4 * blockSites * blockSites)
  }

  func green(_ pole: Int) -> UnsafeMutablePointer<Double> {
    unsafe storage.start + pole * 2 * order * storedColumns
  }

  /// G_p = U (mu + i omega_p - E)^-1 U+.
  func set(levels: [Double], vectors: [Double]) {
    unsafe vectors.withUnsafeBufferPointer { u in
      for column in 0..<order {
        for j in 0..<storedColumns {
          let row = isPaired ? 2 * j : j
          let from = 2 * (row + order * column)
          let to = 2 * (j + storedColumns * column)
          unsafe rows.start[to] = u[from]
          unsafe rows.start[to + 1] = u[from + 1]
        }
      }
      for pole in 0..<poles {
        unsafe scale(u, levels, pole)
        unsafe complexProduct(
          .plain, .adjoint, order, storedColumns, order, Complex(1), left.start, order, rows.start,
          storedColumns, Complex(0), green(pole), order)
      }
    }
  }

  private func scale(_ u: UnsafeBufferPointer<Double>, _ levels: [Double], _ pole: Int) {
    let omega = frequencies[pole]
    for n in 0..<order {
      let x = chemicalPotential - levels[n]
      let norm = x * x + omega * omega
      let (re, im) = (x / norm, -omega / norm)
      for i in 0..<order {
        let at = 2 * (i + order * n)
        let (a, b) = unsafe (u[at], u[at + 1])
        unsafe left.start[at] = a * re - b * im
        unsafe left.start[at + 1] = a * im + b * re
      }
    }
  }

  /// Copies the Green functions among `count` sites from `first` into the lanes of `block`.
  func load(_ block: SiteBlock, first: Int, count: Int) {
    unsafe block.green.start.withMemoryRebound(
      to: Double.self, capacity: 4 * block.green.count
    ) { to in
      for pole in 0..<poles {
        let g = unsafe green(pole)
        let (lane, part) = (pole / 4, pole % 4)
        for b in 0..<count {
          for a in 0..<count {
            let q = unsafe quad(g, first + a, first + b)
            let at = 8 * ((lane * block.extent + 2 * a) * block.extent + 2 * b) + part
            let next = at + 8 * block.extent
            unsafe (to[at], to[at + 4]) = (q.0.real, q.0.imaginary)
            unsafe (to[at + 8], to[at + 12]) = (q.1.real, q.1.imaginary)
            unsafe (to[next], to[next + 4]) = (q.2.real, q.2.imaginary)
            unsafe (to[next + 8], to[next + 12]) = (q.3.real, q.3.imaginary)
          }
        }
      }
    }
  }

  /// The 2 x 2 block between two sites, row by row.
  private func quad(
    _ g: UnsafeMutablePointer<Double>, _ i: Int, _ j: Int
  ) -> (Complex, Complex, Complex, Complex) {
    let up = unsafe g + 2 * (2 * i + order * (isPaired ? j : 2 * j))
    let (a, c) = unsafe (Complex(up[0], up[1]), Complex(up[2], up[3]))
    if isPaired {
      let sign = staggering[i] * staggering[j]
      return (a, sign * c.conjugate, c, -sign * a.conjugate)
    }
    let down = unsafe up + 2 * order
    return unsafe (a, Complex(down[0], down[1]), c, Complex(down[2], down[3]))
  }

  /// G += G[:, c] T G[c, :] for the changed sites c of a block, T = V + V g' V from the block's
  /// final Green functions g'; one matrix product per pole.
  func absorb(_ block: SiteBlock, first: Int, changed: [Int], changes: [SIMD3<Double>], count: Int)
  {
    guard count > 0 else { return }
    setScattering(block, changed, changes, count)
    let rank = 2 * count
    for pole in 0..<poles {
      gather(pole, first: first, changed, count)
      unsafe complexProduct(
        .plain, .plain, rank, storedColumns, rank, Complex(1),
        scattering.start + pole * 2 * rank * rank, rank, rows.start, rank, Complex(0),
        transfer.start, rank)
      // A real product: complex columns u enter as u and i u, and interleaved rows already are
      // pairs of real ones. dgemm is the faster routine at these shapes.
      unsafe realProduct(
        .plain, .plain, 2 * order, storedColumns, 2 * rank, 1, left.start, 2 * order,
        transfer.start, 2 * rank, 1, green(pole), 2 * order)
    }
  }

  private func setScattering(
    _ block: SiteBlock, _ changed: [Int], _ changes: [SIMD3<Double>], _ count: Int
  ) {
    let rank = 2 * count
    for j in 0..<count {
      for i in 0..<count {
        for lane in 0..<block.lanes {
          let q = block.times(
            block.times(block.quad(lane, changed[i], changed[j]), left: changes[changed[i]]),
            right: changes[changed[j]])
          let v = i == j ? changes[changed[i]] : SIMD3(repeating: 0)
          for part in 0..<min(4, poles - 4 * lane) {
            let to = unsafe scattering.start + (4 * lane + part) * 2 * rank * rank
            let up = 2 * (2 * i + rank * 2 * j)
            let down = up + 2 * rank
            unsafe (to[up], to[up + 1]) = (q.r11[part] + v.z, q.i11[part])
            unsafe (to[up + 2], to[up + 3]) = (q.r21[part] + v.x, q.i21[part] + v.y)
            unsafe (to[down], to[down + 1]) = (q.r12[part] + v.x, q.i12[part] - v.y)
            unsafe (to[down + 2], to[down + 3]) = (q.r22[part] - v.z, q.i22[part])
          }
        }
      }
    }
  }

  /// Columns G[:, c] into `left`, each followed by itself times i; rows G[c, :] into `rows`.
  private func gather(_ pole: Int, first: Int, _ changed: [Int], _ count: Int) {
    let g = unsafe green(pole)
    let column = 2 * order
    for k in 0..<count {
      let site = first + changed[k]
      let to = unsafe left.start + 4 * column * k
      let from = unsafe g + column * (isPaired ? site : 2 * site)
      unsafe to.update(from: from, count: column)
      if isPaired {
        unsafe pairedColumn(of: from, site, into: to + 2 * column)
      } else {
        unsafe (to + 2 * column).update(from: from + column, count: column)
      }
      for spin in 0..<2 {
        let plain = unsafe to + 2 * column * spin
        for i in 0..<order {
          unsafe plain[column + 2 * i] = -plain[2 * i + 1]
          unsafe plain[column + 2 * i + 1] = plain[2 * i]
        }
      }
    }
    for j in 0..<storedColumns {
      for k in 0..<count {
        let from = unsafe g + 2 * (2 * (first + changed[k]) + order * j)
        let to = unsafe rows.start + 2 * (2 * k + 2 * count * j)
        for part in 0..<4 { unsafe to[part] = from[part] }
      }
    }
  }

  /// The spin-down column from the spin-up one: (a, c) becomes +-(c*, -a*), + on one sublattice.
  private func pairedColumn(
    of up: UnsafeMutablePointer<Double>, _ site: Int, into down: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<sites {
      let sign = staggering[i] * staggering[site]
      unsafe down[4 * i] = sign * up[4 * i + 2]
      unsafe down[4 * i + 1] = -sign * up[4 * i + 3]
      unsafe down[4 * i + 2] = -sign * up[4 * i]
      unsafe down[4 * i + 3] = sign * up[4 * i + 1]
    }
  }
}
