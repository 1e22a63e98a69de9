internal import MonteCarlo

/// Pair couplings and the fermions of every lane, one lane after the other.
final class FermionWindowKernel: LaneKernel {
  private let pairs: LinearKernel
  private let table: ShellTable
  private let fermions: [DownfoldedFermions]
  private var numbers: [Double]
  private let sums: LaneBuffer
  private let dSums: LaneBuffer
  private let network: InvariantKernel?
  private let dNetwork: LaneBuffer
  private var freeEnergies = Lanes.zero
  /// u of one lane and the derivative by it.
  private var vectors: [Double]
  private var dVectors: [Double]

  init(
    _ couplings: ShellTable, _ vertex: ShellTable, _ waves: PlaneWaves, temperature: Double,
    network: InvariantKernel?
  ) {
    self.network = network
    dNetwork = LaneBuffer(network?.parameterCount ?? 0)
    pairs = LinearKernel(couplings)
    table = vertex
    fermions = (0..<Lanes.width).map { _ in DownfoldedFermions(waves, temperature: temperature) }
    numbers = [Double](repeating: 0, count: couplings.shells + vertex.shells + 2)
    virtual = numbers.count - 1
    sums = LaneBuffer(3 * vertex.sites * vertex.shells)
    dSums = LaneBuffer(3 * vertex.sites * vertex.shells)
    vectors = [Double](repeating: 0, count: 3 * vertex.sites)
    dVectors = vectors
  }

  var sites: Int { table.sites }
  var parameterCount: Int { numbers.count + dNetwork.count }
  private var amplitude: Int { pairs.parameterCount }
  private var vertex: Int { pairs.parameterCount + 1 }
  private let virtual: Int

  func load(_ parameters: Span<Double>) {
    for i in numbers.indices { numbers[i] = parameters[i] }
    network?.load(parameters.extracting(numbers.count...))
    pairs.load(parameters.extracting(..<pairs.parameterCount))
  }

  func forward(_ spins: LaneBuffer) -> Lanes {
    var energy = pairs.forward(spins)
    if let network { energy += network.forward(spins) }
    table.shellSums(spins, into: sums)
    for lane in 0..<Lanes.width {
      // A single field comes in all lanes.
      if lane > 0 && isCopy(spins, lane) {
        freeEnergies[lane] = freeEnergies[0]
        continue
      }
      for i in vectors.indices {
        vectors[i] = 0
        for k in 0..<table.shells { vectors[i] += numbers[vertex + k] * sum(i, k)[lane] }
      }
      freeEnergies[lane] = fermions[lane].freeEnergy(vectors, virtual: numbers[virtual])
    }
    return energy + numbers[amplitude] * freeEnergies
  }

  private func isCopy(_ spins: LaneBuffer, _ lane: Int) -> Bool {
    for i in 0..<spins.count where spins[i][lane] != spins[i][0] { return false }
    return true
  }

  /// Component i % 3 of the sum over shell k of site i / 3.
  private func sum(_ i: Int, _ k: Int) -> Lanes { sums[(i / 3 * table.shells + k) * 3 + i % 3] }

  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    pairs.backward(spins, scale: scale, field: field, parameters: parameters)
    if let network {
      dNetwork.clear()
      network.backward(spins, scale: scale, field: field, parameters: dNetwork)
      for p in 0..<dNetwork.count { parameters[numbers.count + p] += dNetwork[p] }
    }
    parameters[amplitude] += scale * freeEnergies
    dSums.clear()
    for lane in 0..<Lanes.width where scale[lane] != 0 {
      let source = lane > 0 && isCopy(spins, lane) ? 0 : lane
      let factor = scale[lane] * numbers[amplitude]
      for i in dVectors.indices { dVectors[i] = 0 }
      let slope = fermions[source].differentiate(scale: factor, into: &dVectors)
      parameters[virtual][lane] += factor * slope
      for i in dVectors.indices {
        for k in 0..<table.shells {
          parameters[vertex + k][lane] += dVectors[i] * sum(i, k)[lane]
          dSums[(i / 3 * table.shells + k) * 3 + i % 3][lane] = numbers[vertex + k] * dVectors[i]
        }
      }
    }
    table.addAdjoint(dSums, into: field)
  }
}
