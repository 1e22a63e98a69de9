/// Adds M V with M = f(Q K^T) to the spins: N^2 pairs of sites, the cost of the attention.
final class AttentionHead {
  private let sites: Int
  private let activation: AttentionActivation
  /// One row of M (softmax).
  private let row: LaneBuffer
  private let dRow: LaneBuffer

  init(sites: Int, activation: AttentionActivation) {
    self.sites = sites
    self.activation = activation
    row = LaneBuffer(sites)
    dRow = LaneBuffer(sites)
  }

  func forward(_ vectors: HeadVectors, into output: LaneBuffer) {
    switch activation {
    case .relu: rectifiedForward(vectors, sites, into: output)
    case .softmax: softmaxForward(vectors, sites, row: row, into: output)
    case .identity: bilinearForward(vectors, sites, into: output)
    }
  }

  /// Backward of `forward`; sets `gradient` to the derivatives by Q, K and V.
  func backward(_ vectors: HeadVectors, dOutput: LaneBuffer, into gradient: HeadVectors) {
    gradient.keys.clear()
    gradient.values.clear()
    switch activation {
    case .relu: rectifiedBackward(vectors, sites, dOutput, gradient)
    case .softmax: softmaxBackward(vectors, sites, dOutput, row: row, dRow: dRow, gradient)
    case .identity: bilinearBackward(vectors, sites, dOutput, gradient)
    }
  }
}

/// Three lanes: one spin of several configurations.
struct LaneVector {
  var x: Lanes
  var y: Lanes
  var z: Lanes

  static var zero: LaneVector { LaneVector(x: .zero, y: .zero, z: .zero) }

  @inline(__always)
  func dot(_ other: LaneVector) -> Lanes {
    fused(z, other.z, fused(y, other.y, x * other.x))
  }

  @inline(__always)
  mutating func add(_ other: LaneVector) {
    x += other.x
    y += other.y
    z += other.z
  }

  @inline(__always)
  mutating func add(_ factor: Lanes, _ other: LaneVector) {
    x = fused(factor, other.x, x)
    y = fused(factor, other.y, y)
    z = fused(factor, other.z, z)
  }
}

extension LaneBuffer {
  /// The vector of site i, unchecked: the kernels check the extents before their loops.
  @inline(__always)
  @unsafe func vector(_ i: Int) -> LaneVector {
    let at = 3 &* i
    return unsafe LaneVector(x: base[at], y: base[at &+ 1], z: base[at &+ 2])
  }

  @inline(__always)
  @unsafe func setVector(_ i: Int, _ vector: LaneVector) {
    let at = 3 &* i
    unsafe base[at] = vector.x
    unsafe base[at &+ 1] = vector.y
    unsafe base[at &+ 2] = vector.z
  }

  func copy(_ other: LaneBuffer) {
    precondition(count == other.count)
    unsafe base.update(from: other.base, count: count)
  }
}
