/// What one step computes on the way forward, kept for the way back; site after site.
final class StepBuffers {
  let step: InvariantStep
  let sites: Int
  let attention: TokenAttention?
  /// v (channels), h (channels x shells) and u (vectors), three components each.
  let channels: [LaneBuffer]
  let sums: [LaneBuffer]
  let vectors: LaneBuffer
  /// (d, z of the step before), A x + a, f of it with what the attention adds, A' ... + a', z.
  let inputs: LaneBuffer
  let first: LaneBuffer
  let firstValue: LaneBuffer
  let second: LaneBuffer
  let values: LaneBuffer
  let gates: LaneBuffer
  /// Derivatives by u, by z and by v, filled on the way back.
  let dVectors: LaneBuffer
  let dValues: LaneBuffer
  let dFirstValue: LaneBuffer
  let dChannels: [LaneBuffer]
  let dSums: [LaneBuffer]

  init(_ step: InvariantStep, _ table: ShellTable) {
    let sites = table.sites
    self.step = step
    attention = step.attention.map {
      TokenAttention(
        sites: sites, heads: $0.heads, width: $0.width, bias: $0.bias,
        relations: InvariantAttentionLayout.relations(table))
    }
    self.sites = sites
    let each = 0..<step.channels
    channels = each.map { _ in LaneBuffer(3 * sites) }
    sums = each.map { _ in LaneBuffer(3 * sites * step.shells) }
    vectors = LaneBuffer(3 * sites * step.vectors)
    inputs = LaneBuffer(sites * step.first.inputs)
    first = LaneBuffer(sites * step.first.outputs)
    firstValue = LaneBuffer(sites * step.second.inputs)
    dFirstValue = LaneBuffer(sites * step.second.inputs)
    second = LaneBuffer(sites * step.second.outputs)
    values = LaneBuffer(sites * step.second.outputs)
    gates = LaneBuffer(sites * (step.gates?.outputs ?? 0))
    dVectors = LaneBuffer(3 * sites * step.vectors)
    dValues = LaneBuffer(sites * step.second.outputs)
    dChannels = each.map { _ in LaneBuffer(3 * sites) }
    dSums = each.map { _ in LaneBuffer(3 * sites * step.shells) }
  }
}

/// Space for one site on the way back.
final class SiteGradients {
  let inputs: LaneBuffer
  let first: LaneBuffer
  let firstValue: LaneBuffer
  let second: LaneBuffer
  let tokens: LaneBuffer
  let gates: LaneBuffer

  init(_ steps: [InvariantStep]) {
    inputs = LaneBuffer(steps.map(\.first.inputs).max() ?? 0)
    first = LaneBuffer(steps.map(\.first.outputs).max() ?? 0)
    firstValue = LaneBuffer(steps.map(\.second.inputs).max() ?? 0)
    second = LaneBuffer(steps.map(\.second.outputs).max() ?? 0)
    tokens = LaneBuffer(steps.map { $0.attention?.width ?? 0 }.max() ?? 0)
    gates = LaneBuffer(steps.map { $0.gates?.outputs ?? 0 }.max() ?? 0)
  }
}
