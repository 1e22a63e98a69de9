internal import CHDF5

extension HDF5File {
  /// Writes a new dataset of float64; nothing may exist at the path.
  ///
  /// - Parameter shape: extents, slowest first; [] for a scalar, one dimension when nil.
  public func write(
    _ values: [Double], to path: String, shape: [Int]? = nil, compression: Compression = .none
  ) throws(HDF5Error) {
    let layout = Layout(shape: shape ?? [values.count], count: values.count, compression)
    try unsafe write(values.span.bytes, .float64, elementBytes: 8, to: path, layout)
  }

  /// Writes a new dataset of int64; nothing may exist at the path.
  public func write(
    _ values: [Int], to path: String, shape: [Int]? = nil, compression: Compression = .none
  ) throws(HDF5Error) {
    let layout = Layout(shape: shape ?? [values.count], count: values.count, compression)
    try unsafe write(values.span.bytes, .int64, elementBytes: 8, to: path, layout)
  }

  /// Writes a new dataset of uint8; nothing may exist at the path.
  public func write(
    _ values: [UInt8], to path: String, shape: [Int]? = nil, compression: Compression = .none
  ) throws(HDF5Error) {
    let layout = Layout(shape: shape ?? [values.count], count: values.count, compression)
    try unsafe write(values.span.bytes, .uint8, elementBytes: 1, to: path, layout)
  }

  /// Writes a new dataset of complex128; nothing may exist at the path.
  public func write(
    _ values: [Complex128], to path: String, shape: [Int]? = nil, compression: Compression = .none
  ) throws(HDF5Error) {
    let layout = Layout(shape: shape ?? [values.count], count: values.count, compression)
    try unsafe write(values.span.bytes, .complex128, elementBytes: 16, to: path, layout)
  }

  /// Writes a new dataset of UTF-8 strings; nothing may exist at the path.
  public func write(
    _ values: [String], to path: String, shape: [Int]? = nil, compression: Compression = .none
  ) throws(HDF5Error) {
    let padded = try PaddedStrings(values, for: "\(name):\(path)")
    let layout = Layout(shape: shape ?? [values.count], count: values.count, compression)
    try unsafe write(
      padded.bytes.span.bytes, .string, elementBytes: padded.length, to: path, layout)
  }
}

/// The shape asked for, the number of values given, and how to store them.
private struct Layout {
  let shape: [Int]
  let count: Int
  let compression: Compression

  init(shape: [Int], count: Int, _ compression: Compression) {
    self.shape = shape
    self.count = count
    self.compression = compression
  }
}

extension HDF5File {
  private func write(
    _ bytes: RawSpan, _ type: ElementType, elementBytes: Int, to path: String, _ layout: Layout
  ) throws(HDF5Error) {
    let path = try ObjectPath(path, in: name)
    let (id, object) = (try id, object(path))
    try requireCount(layout.count, of: layout.shape, object)
    try createGroup(path.parent)
    let stored = try StoredType.make(type, stringLength: elementBytes, for: object)
    let space = try Dataspace.make(layout.shape, for: object)
    let properties = try layout.compression.creationProperties(
      shape: layout.shape, elementBytes: elementBytes, object)
    let handle = try Handle("H5Dcreate2", object) {
      unsafe H5Dcreate2(
        id, path.description, stored.id, space.id, chdf5_default(), properties.id,
        chdf5_default())
    }
    let dataset = Container(dataset: handle, object)
    try dataset.write(bytes, as: stored)
    try dataset.close()
  }
}

/// Throws unless a shape holds exactly `count` elements.
func requireCount(_ count: Int, of shape: [Int], _ object: String) throws(HDF5Error) {
  let room = try elementCount(shape, object)
  guard room == count else {
    throw .wrongShape(object: object, reason: "\(count) values for shape \(shape)")
  }
}
