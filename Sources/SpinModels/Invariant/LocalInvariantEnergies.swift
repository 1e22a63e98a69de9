/// Single-spin changes of the network without message passing and attention: only the sites whose
/// shells contain the changed one have to be computed again, whatever the size of the lattice.
final class LocalInvariantEnergies: CandidateEnergies {
  private let table: ShellTable
  private let weights: WeightBuffer
  private let buffers: StepBuffers
  private let spins: LaneBuffer
  /// H_eff of every site, and with the candidates of the last call.
  private let current: LaneBuffer
  private let proposed: LaneBuffer
  private var total = 0.0
  private var acceptances = 0

  init(_ table: ShellTable, _ layout: InvariantLayout, parameters: [Double]) {
    self.table = table
    weights = WeightBuffer(parameters.count)
    weights.load(parameters.span)
    buffers = StepBuffers(layout.steps[0], table)
    spins = LaneBuffer(3 * table.sites)
    current = LaneBuffer(table.sites)
    proposed = LaneBuffer(table.sites)
  }

  var sites: Int { table.sites }

  func start(from field: Span<Double>) -> Double {
    spins.broadcast(field)
    refresh()
    return total
  }

  private func refresh() {
    table.shellSums(spins, into: buffers.sums[0])
    buffers.makeVectors(weights, coordination: table.coordination)
    total = weights[0]
    for i in 0..<sites {
      current[i] = buffers.energy(i, weights, previous: nil)
      total += current[i][0]
    }
    acceptances = 0
  }

  func energies(site: Int, candidates: LaneVector) -> Lanes {
    let old = unsafe spins.vector(site)
    var change = candidates
    change.add(Lanes(repeating: -1), old)
    var energy = Lanes(repeating: total)
    forEachNeighbour(of: site) { j, k in
      let at = j * table.shells + k
      let before = unsafe buffers.vectors.vector(at)
      var after = before
      after.add(Lanes(repeating: 1 / Double(table.coordination[k]).squareRoot()), change)
      unsafe buffers.vectors.setVector(at, after)
      proposed[j] = buffers.energy(j, weights, previous: nil)
      energy += proposed[j] - current[j]
      unsafe buffers.vectors.setVector(at, before)
    }
    return energy
  }

  func accept(lane: Int, site: Int, candidates: LaneVector) {
    let spin = LaneVector(
      x: Lanes(repeating: candidates.x[lane]), y: Lanes(repeating: candidates.y[lane]),
      z: Lanes(repeating: candidates.z[lane]))
    var change = spin
    unsafe change.add(Lanes(repeating: -1), spins.vector(site))
    unsafe spins.setVector(site, spin)
    forEachNeighbour(of: site) { j, k in
      let at = j * table.shells + k
      var after = unsafe buffers.vectors.vector(at)
      after.add(Lanes(repeating: 1 / Double(table.coordination[k]).squareRoot()), change)
      unsafe buffers.vectors.setVector(at, after)
      total += proposed[j][lane] - current[j][0]
      current[j] = Lanes(repeating: proposed[j][lane])
    }
    acceptances += 1
    // Rounding adds up in the vectors; a fresh start now and then bounds it at no price.
    if acceptances >= 64 * sites { refresh() }
  }

  @inline(__always)
  private func forEachNeighbour(of site: Int, _ body: (_ site: Int, _ shell: Int) -> Void) {
    for k in 0..<table.shells {
      let z = table.coordination[k]
      let start = table.starts[k] + site * z
      for n in start..<(start + z) { body(table.neighbours[n], k) }
    }
  }
}
