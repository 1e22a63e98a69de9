/// The linear form on spins, also the last step of the attention.
final class LinearKernel: LaneKernel {
  let table: ShellTable
  private var numbers: [Double]
  private let h: LaneBuffer
  private let pairSums: LaneBuffer

  init(_ table: ShellTable) {
    self.table = table
    numbers = [Double](repeating: 0, count: table.shells)
    h = LaneBuffer(3 * table.sites * table.shells)
    pairSums = LaneBuffer(table.shells)
  }

  var sites: Int { table.sites }
  /// E0 in the place of the site's own shell, then the couplings.
  var parameterCount: Int { table.shells }

  func load(_ parameters: Span<Double>) {
    for i in parameters.indices { numbers[i] = parameters[i] }
  }

  func forward(_ spins: LaneBuffer) -> Lanes {
    table.shellSums(spins, into: h)
    let shells = table.shells
    for k in 0..<shells { pairSums[k] = .zero }
    for i in 0..<table.sites {
      let (x, y, z) = (spins[3 * i], spins[3 * i + 1], spins[3 * i + 2])
      for k in 1..<max(1, shells) {
        let at = (i * shells + k) * 3
        pairSums[k] += fused(x, h[at], fused(y, h[at + 1], z * h[at + 2]))
      }
    }
    var energy = Lanes(repeating: numbers[0])
    for k in 1..<max(1, shells) {
      pairSums[k] *= 0.5
      energy -= numbers[k] * pairSums[k]
    }
    return energy
  }

  /// dH/dJ_k = -(pair sum), dH/dS_i = -sum_k J_k h_k(i).
  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer,
    parameters: LaneBuffer
  ) {
    let shells = table.shells
    parameters[0] += scale
    for k in 1..<max(1, shells) { parameters[k] -= scale * pairSums[k] }
    for i in 0..<table.sites {
      var (x, y, z) = (Lanes.zero, Lanes.zero, Lanes.zero)
      for k in 1..<max(1, shells) {
        let at = (i * shells + k) * 3
        let coupling = Lanes(repeating: numbers[k])
        x = fused(coupling, h[at], x)
        y = fused(coupling, h[at + 1], y)
        z = fused(coupling, h[at + 2], z)
      }
      field[3 * i] -= scale * x
      field[3 * i + 1] -= scale * y
      field[3 * i + 2] -= scale * z
    }
  }
}
