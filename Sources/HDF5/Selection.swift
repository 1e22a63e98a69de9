internal import CHDF5

/// What of a container is read: everything, or some rows.
struct Selection: ~Copyable {
  let file: Handle
  let memory: Handle
  let count: Int
}

extension Container {
  /// Everything when `rows` is nil.
  func selection(_ rows: Range<Int>?) throws(HDF5Error) -> Selection {
    let file = try space()
    let shape =
      if let rows {
        try Dataspace.select(rows: rows, of: file, object)
      } else {
        try Dataspace.shape(of: file, object)
      }
    let count = try elementCount(shape, object)
    try requirePlausible(count, shape)
    return Selection(file: file, memory: try Dataspace.make(shape, for: object), count: count)
  }

  /// Refuses a large selection that nothing in the file can hold: a damaged shape would otherwise
  /// exhaust the memory. Deflate gains at most a factor of 1032.
  private func requirePlausible(_ count: Int, _ shape: [Int]) throws(HDF5Error) {
    let type = try fileType()
    let elementBytes = H5Tget_size(type.id)
    let (bytes, overflow) = count.multipliedReportingOverflow(by: elementBytes)
    guard overflow || bytes > 1 << 24 else { return }
    let stored = try fileBytes()
    let (room, unlimited) = stored.multipliedReportingOverflow(by: try isChunked() ? 1100 : 1)
    guard !overflow, unlimited || bytes <= room else {
      throw .wrongShape(
        object: object,
        reason: "shape \(shape) of \(elementBytes)-byte elements does not fit into the file")
    }
  }

  private func fileBytes() throws(HDF5Error) -> Int {
    let id = handle.id
    let file = try Handle("H5Iget_file_id", object) { H5Iget_file_id(id) }
    var size: hsize_t = 0
    try checked("H5Fget_filesize", object) { unsafe H5Fget_filesize(file.id, &size) }
    return Int(clamping: size)
  }

  private func isChunked() throws(HDF5Error) -> Bool {
    guard !isAttribute else { return false }
    let id = handle.id
    let properties = try Handle("H5Dget_create_plist", object) { H5Dget_create_plist(id) }
    return H5Pget_layout(properties.id) == H5D_CHUNKED
  }
}
