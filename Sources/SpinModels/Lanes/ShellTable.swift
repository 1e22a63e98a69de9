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
    for k in 0..<shells {
      // The usual numbers of neighbours as constants: loops without a counter.
      switch coordination[k] {
      case 1: sum(shell: k, of: 1, spins, into: h)
      case 2: sum(shell: k, of: 2, spins, into: h)
      case 4: sum(shell: k, of: 4, spins, into: h)
      case 8: sum(shell: k, of: 8, spins, into: h)
      case let z: sum(shell: k, of: z, spins, into: h)
      }
    }
  }

  @inline(__always)
  private func sum(shell k: Int, of z: Int, _ spins: LaneBuffer, into h: LaneBuffer) {
    unsafe neighbours.withUnsafeBufferPointer { neighbours in
      var next = starts[k]
      for i in 0..<sites {
        var sum = unsafe spins.vector(neighbours[next])
        for n in 1..<max(1, z) { unsafe sum.add(spins.vector(neighbours[next &+ n])) }
        unsafe h.setVector(i &* shells &+ k, sum)
        next &+= z
      }
    }
  }

  /// Backward of `shellSums`: dS_i += sum_k sum_{j in shell k of i} dh_k(j).
  func addAdjoint(_ dh: LaneBuffer, into dS: LaneBuffer) {
    precondition(dS.count == 3 * sites && dh.count == 3 * sites * shells)
    // Two sites at once: each is one long chain of additions.
    for i in stride(from: 0, to: sites - 1, by: 2) {
      var (one, two) = unsafe (dS.vector(i), dS.vector(i &+ 1))
      unsafe neighbours.withUnsafeBufferPointer { neighbours in
        for k in 0..<shells {
          let z = coordination[k]
          let start = starts[k] &+ i &* z
          for n in start..<(start &+ z) {
            unsafe one.add(dh.vector(neighbours[n] &* shells &+ k))
            unsafe two.add(dh.vector(neighbours[n &+ z] &* shells &+ k))
          }
        }
      }
      unsafe dS.setVector(i, one)
      unsafe dS.setVector(i &+ 1, two)
    }
    guard sites % 2 == 1 else { return }
    var last = unsafe dS.vector(sites - 1)
    for k in 0..<shells {
      let start = starts[k] + (sites - 1) * coordination[k]
      for n in start..<(start + coordination[k]) {
        unsafe last.add(dh.vector(neighbours[n] * shells + k))
      }
    }
    unsafe dS.setVector(sites - 1, last)
  }
}
