internal import CHDF5

/// Library dataspaces from shapes, and back. A scalar has the shape [].
enum Dataspace {
  static func make(_ shape: [Int], for object: String) throws(HDF5Error) -> Handle {
    guard !shape.isEmpty else {
      return try Handle("H5Screate", object) { H5Screate(H5S_SCALAR) }
    }
    guard shape.allSatisfy({ $0 >= 0 }) else {
      throw .wrongShape(object: object, reason: "shape \(shape) has a negative extent")
    }
    let extents = shape.map { hsize_t($0) }
    return try Handle("H5Screate_simple", object) {
      unsafe H5Screate_simple(Int32(extents.count), extents, nil)
    }
  }

  static func shape(of space: borrowing Handle, _ object: String) throws(HDF5Error) -> [Int] {
    let id = space.id
    guard H5Sget_simple_extent_type(id) != H5S_NULL else {
      throw .unsupported(object: object, reason: "has no dataspace (an HDF5 null object)")
    }
    let rank = try checked("H5Sget_simple_extent_ndims", object) { H5Sget_simple_extent_ndims(id) }
    var extents = [hsize_t](repeating: 0, count: Int(rank))
    try checked("H5Sget_simple_extent_dims", object) {
      unsafe H5Sget_simple_extent_dims(id, &extents, nil)
    }
    return extents.map { Int(clamping: $0) }
  }

  /// Selects `rows` of the first dimension; returns the shape of the selection.
  static func select(
    rows: Range<Int>, of space: borrowing Handle, _ object: String
  ) throws(HDF5Error) -> [Int] {
    let id = space.id
    var shape = try Self.shape(of: space, object)
    guard let length = shape.first else {
      throw .wrongShape(object: object, reason: "rows \(rows) asked of a scalar")
    }
    guard rows.lowerBound >= 0, rows.upperBound <= length else {
      throw .wrongShape(object: object, reason: "rows \(rows) asked of \(length)")
    }
    shape[0] = rows.count
    let start = [hsize_t(rows.lowerBound)] + shape.dropFirst().map { _ in 0 }
    let count = shape.map { hsize_t($0) }
    if rows.isEmpty {
      try checked("H5Sselect_none", object) { H5Sselect_none(id) }
    } else {
      try checked("H5Sselect_hyperslab", object) {
        unsafe H5Sselect_hyperslab(id, H5S_SELECT_SET, start, nil, count, nil)
      }
    }
    return shape
  }
}

/// The number of elements of a shape, or an error when it does not fit an Int.
func elementCount(_ shape: [Int], _ object: String) throws(HDF5Error) -> Int {
  var count = 1
  for extent in shape {
    let (product, overflow) = count.multipliedReportingOverflow(by: extent)
    guard !overflow else {
      throw .wrongShape(object: object, reason: "shape \(shape) has too many elements")
    }
    count = product
  }
  return count
}
