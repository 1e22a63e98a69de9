/// Owned memory for a kernel: allocated once, aligned for its element, freed with its owner.
@safe
final class Workspace<Element: BitwiseCopyable> {
  let count: Int
  let start: UnsafeMutablePointer<Element>

  init(repeating value: Element, count: Int) {
    self.count = count
    unsafe start = .allocate(capacity: max(1, count))
    unsafe start.initialize(repeating: value, count: max(1, count))
  }

  deinit { unsafe start.deallocate() }
}
