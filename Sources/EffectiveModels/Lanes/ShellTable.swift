internal import Lattice
internal import MonteCarlo

/// Neighbours of every site in the shells that a model uses, on the lattice at hand.
///
/// A model names its shells on its home lattice. On another lattice the same shell is the one with
/// the same representative displacement, so that a distance keeps its coupling; that needs a
/// lattice whose directions are equivalent in the same pattern, and every shell to exist there.
struct ShellTable: Sendable {
  let sites: Int
  /// Shell 0 is the site itself.
  let shells: Int
  let coordination: [Int]
  /// Neighbours of site i in shell k start at `starts[k] + i * coordination[k]`.
  let starts: [Int]
  let neighbours: [Int]

  init(_ lattice: Torus, home: Torus, shells count: Int) throws(FieldError) {
    let named = home.shells
    guard count < named.count else {
      throw FieldError(
        "\(count) shells asked for, but a lattice \(home.extents) has \(named.count - 1)")
    }
    guard equivalence(lattice) == equivalence(home) else {
      throw FieldError(
        "a model of a lattice \(home.extents) cannot run on \(lattice.extents): "
          + "their directions are not equivalent in the same way")
    }
    let table = NeighbourTable(lattice)
    var (neighbours, starts, coordination) = ([Int](), [Int](), [Int]())
    for shell in named[...count] {
      guard let k = table.shells.firstIndex(where: { $0.representative == shell.representative })
      else {
        throw FieldError("a lattice \(lattice.extents) has no shell \(shell.representative)")
      }
      let z = table.coordination(k)
      coordination.append(z)
      starts.append(neighbours.count)
      neighbours += table.neighbours[table.offsets[k]..<(table.offsets[k] + z * lattice.sites)]
    }
    sites = lattice.sites
    shells = count + 1
    self.coordination = coordination
    self.starts = starts
    self.neighbours = neighbours
  }
}

/// For every direction the first one of equal extent.
private func equivalence(_ lattice: Torus) -> [Int] {
  lattice.extents.map { extent in lattice.extents.firstIndex(of: extent) ?? 0 }
}

extension ShellTable {
  /// h[(i * shells + k) * 3 + c] = sum of component c of `spins` over shell k of site i.
  ///
  /// Neighbourhood is symmetric, so this is its own adjoint (see `addAdjoint`).
  func shellSums(_ spins: LaneBuffer, into h: LaneBuffer) {
    let neighbours = self.neighbours.span
    for k in 0..<shells {
      let z = coordination[k]
      for i in 0..<sites {
        let row = neighbours.extracting((starts[k] + i * z)..<(starts[k] + (i + 1) * z))
        var (x, y, w) = (Lanes.zero, Lanes.zero, Lanes.zero)
        for n in row.indices {
          let j = 3 * row[n]
          x += spins[j]
          y += spins[j + 1]
          w += spins[j + 2]
        }
        let at = (i * shells + k) * 3
        h[at] = x
        h[at + 1] = y
        h[at + 2] = w
      }
    }
  }

  /// Backward of `shellSums`: dS_i += sum_k sum_{j in shell k of i} dh_k(j).
  func addAdjoint(_ dh: LaneBuffer, into dS: LaneBuffer) {
    let neighbours = self.neighbours.span
    for i in 0..<sites {
      var (x, y, w) = (dS[3 * i], dS[3 * i + 1], dS[3 * i + 2])
      for k in 0..<shells {
        let z = coordination[k]
        let row = neighbours.extracting((starts[k] + i * z)..<(starts[k] + (i + 1) * z))
        for n in row.indices {
          let at = (row[n] * shells + k) * 3
          x += dh[at]
          y += dh[at + 1]
          w += dh[at + 2]
        }
      }
      dS[3 * i] = x
      dS[3 * i + 1] = y
      dS[3 * i + 2] = w
    }
  }
}
