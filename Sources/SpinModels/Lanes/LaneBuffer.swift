/// Scratch memory of a kernel with one owner, reached through a reference.
///
/// Array storage inside a class is checked for exclusive access at every element and spans of it
/// cannot outlive a statement, so kernels with several buffers work on this instead. `subscript` is
/// checked; the innermost loops check their extents once and then read through `base`.
@safe package final class LaneBuffer {
  package let count: Int
  let base: UnsafeMutablePointer<Lanes>

  package init(_ count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: .zero, count: count)
  }

  deinit { unsafe base.deallocate() }

  @inline(__always)
  package subscript(i: Int) -> Lanes {
    get {
      precondition(i >= 0 && i < count)
      return unsafe base[i]
    }
    set {
      precondition(i >= 0 && i < count)
      unsafe base[i] = newValue
    }
  }

  package func clear() { unsafe base.update(repeating: .zero, count: count) }

  func broadcast(_ values: Span<Double>) {
    for i in values.indices { self[i] = Lanes(repeating: values[i]) }
  }

  /// Puts fields `first ..< first + Lanes.width` of a flat buffer side by side; the last of `limit`
  /// fields repeats where there are fewer.
  func pack(_ fields: Span<Double>, first: Int, limit: Int) {
    precondition(first >= 0 && limit > 0 && limit * count <= fields.count)
    let starts = (0..<Lanes.width).map { min(first + $0, limit - 1) * count }
    let (a, b, c, d) = (starts[0], starts[1], starts[2], starts[3])
    for i in 0..<count {
      unsafe base[i] = Lanes(
        fields[unchecked: a &+ i], fields[unchecked: b &+ i], fields[unchecked: c &+ i],
        fields[unchecked: d &+ i])
    }
  }
}
