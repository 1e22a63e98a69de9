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
  /// Neighbourhood is symmetric, so this is its own adjoint (see `addAdjoint`). All indices come
  /// from the table, whose neighbours are sites; the extents are checked once.
  func shellSums(_ spins: LaneBuffer, into h: LaneBuffer) {
    precondition(spins.count == 3 * sites && h.count == 3 * sites * shells)
    unsafe neighbours.withUnsafeBufferPointer { neighbours in
      for k in 0..<shells {
        let z = coordination[k]
        var next = starts[k]
        for i in 0..<sites {
          var sum = LaneVector.zero
          for n in next..<(next + z) { unsafe sum.add(spins.vector(neighbours[n])) }
          unsafe h.setVector(i * shells + k, sum)
          next += z
        }
      }
    }
  }

  /// Backward of `shellSums`: dS_i += sum_k sum_{j in shell k of i} dh_k(j).
  func addAdjoint(_ dh: LaneBuffer, into dS: LaneBuffer) {
    precondition(dS.count == 3 * sites && dh.count == 3 * sites * shells)
    unsafe neighbours.withUnsafeBufferPointer { neighbours in
      for i in 0..<sites {
        var sum = unsafe dS.vector(i)
        for k in 0..<shells {
          let z = coordination[k]
          let start = starts[k] + i * z
          for n in start..<(start + z) { unsafe sum.add(dh.vector(neighbours[n] * shells + k)) }
        }
        unsafe dS.setVector(i, sum)
      }
    }
  }
}
