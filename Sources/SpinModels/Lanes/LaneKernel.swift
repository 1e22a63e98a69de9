/// The forward and backward pass of one architecture on one lattice, for `Lanes.width`
/// configurations at once. Owns its workspace; a pass allocates nothing.
///
/// Fields come site after site with all components of a site together.
package protocol LaneKernel: AnyObject {
  var sites: Int { get }
  /// Numbers per site; three, a Heisenberg spin, unless the kernel says otherwise.
  var components: Int { get }
  var parameterCount: Int { get }
  /// Takes over the numbers of the model.
  func load(_ parameters: Span<Double>)
  /// H_eff of every lane; keeps what `backward` needs.
  func forward(_ spins: LaneBuffer) -> Lanes
  /// After `forward` of the same spins: adds scale * dH/dS to `field` and scale * dH/dtheta, lane
  /// by lane, to `parameters`.
  func backward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer,
    parameters: LaneBuffer)
  /// `backward` for the parameters alone in which H_eff is linear: the other numbers may be left
  /// as they are.
  func linearBackward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer)
}

extension LaneKernel {
  package var components: Int { 3 }

  package func linearBackward(
    _ spins: LaneBuffer, scale: Lanes, field: LaneBuffer, parameters: LaneBuffer
  ) {
    backward(spins, scale: scale, field: field, parameters: parameters)
  }
}
