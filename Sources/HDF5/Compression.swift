internal import CHDF5

/// How the elements of a dataset are stored. Never part of its logical content.
public enum Compression: Equatable, Sendable {
  /// One contiguous block.
  case none
  /// Chunks, bytes shuffled by significance, then deflate at level 1...9.
  ///
  /// Below `Compression.smallest` bytes a chunk index would cost more than is saved: such datasets
  /// are contiguous.
  case deflate(Int)

  /// Size in bytes from which compression is applied.
  public static let smallest = 4096
  /// Largest chunk in bytes; four of them fit the library's chunk cache.
  static let chunkBytes = 1 << 18
}

extension Compression {
  /// The creation properties of a dataset: no times, fixed order of filters.
  func creationProperties(
    shape: [Int], elementBytes: Int, _ object: String
  ) throws(HDF5Error) -> Handle {
    let list = try Handle("H5Pcreate", object) { H5Pcreate(chdf5_dataset_creation()) }
    let id = list.id
    try checked("H5Pset_obj_track_times", object) { H5Pset_obj_track_times(id, false) }
    let bytes = shape.reduce(elementBytes, *)
    guard case .deflate(let level) = self, !shape.isEmpty, bytes >= Self.smallest else {
      return list
    }
    let chunk = Self.chunk(of: shape, elementBytes: elementBytes).map { hsize_t($0) }
    try checked("H5Pset_chunk", object) { unsafe H5Pset_chunk(id, Int32(chunk.count), chunk) }
    try checked("H5Pset_shuffle", object) { H5Pset_shuffle(id) }
    try checked("H5Pset_deflate", object) { H5Pset_deflate(id, UInt32(max(0, min(level, 9)))) }
    return list
  }

  /// Whole rows while they fit `chunkBytes`; a longer row is cut from its slowest dimension on.
  static func chunk(of shape: [Int], elementBytes: Int) -> [Int] {
    var chunk = shape
    for axis in chunk.indices {
      let rest = chunk[(axis + 1)...].reduce(elementBytes, *)
      chunk[axis] = max(1, min(chunk[axis], chunkBytes / rest))
    }
    return chunk
  }
}
