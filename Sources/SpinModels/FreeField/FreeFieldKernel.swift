/// The free field and its derivatives, for several configurations at once.
final class FreeFieldKernel: LaneKernel {
  private let table: ShellTable
  private var numbers: [Double]
  /// What each parameter multiplies, so dH/dtheta: 1, sum phi^2, -(pair sum of shell k).
  private let factors: LaneBuffer

  init(_ table: ShellTable) {
    self.table = table
    numbers = [Double](repeating: 0, count: table.shells + 1)
    factors = LaneBuffer(table.shells + 1)
  }

  var sites: Int { table.sites }
  var components: Int { 1 }
  var parameterCount: Int { table.shells + 1 }

  func load(_ parameters: Span<Double>) {
    for i in parameters.indices { numbers[i] = parameters[i] }
  }

  func forward(_ field: LaneBuffer) -> Lanes {
    factors[0] = Lanes(repeating: 1)
    for k in 0..<table.shells {
      var sum = Lanes.zero
      for site in 0..<sites { sum = fused(field[site], shellSum(field, site, k), sum) }
      factors[k + 1] = k == 0 ? sum : -0.5 * sum
    }
    var energy = Lanes.zero
    for p in numbers.indices { energy += numbers[p] * factors[p] }
    return energy
  }

  /// dH/dphi_x = 2 A phi_x - sum_k K_k (sum over shell k of x).
  func backward(
    _ field: LaneBuffer, scale: Lanes, field gradient: LaneBuffer, parameters: LaneBuffer
  ) {
    for p in numbers.indices { parameters[p] += scale * factors[p] }
    for site in 0..<sites {
      var slope = 2 * numbers[1] * field[site]
      for k in 1..<max(1, table.shells) { slope -= numbers[k + 1] * shellSum(field, site, k) }
      gradient[site] += scale * slope
    }
  }

  /// Shell 0 is the site itself.
  private func shellSum(_ field: LaneBuffer, _ site: Int, _ k: Int) -> Lanes {
    let z = table.coordination[k]
    let start = table.starts[k] + site * z
    var sum = Lanes.zero
    for n in start..<(start + z) { sum += field[table.neighbours[n]] }
    return sum
  }
}
