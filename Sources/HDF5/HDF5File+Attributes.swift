internal import CHDF5

extension HDF5File {
  /// Sets an attribute of a group or dataset (the root is `/`), replacing one of the same name.
  public func setAttribute(
    _ attribute: String, _ value: Double, of path: String
  ) throws(HDF5Error) {
    try unsafe set(attribute, of: path, [value].span.bytes, .float64, shape: [])
  }

  /// Sets an attribute holding one integer.
  public func setAttribute(_ attribute: String, _ value: Int, of path: String) throws(HDF5Error) {
    try unsafe set(attribute, of: path, [value].span.bytes, .int64, shape: [])
  }

  /// Sets an attribute holding one string.
  public func setAttribute(
    _ attribute: String, _ value: String, of path: String
  ) throws(HDF5Error) {
    try set(attribute, of: path, strings: [value], shape: [])
  }

  /// Sets an attribute holding a row of numbers.
  public func setAttribute(
    _ attribute: String, _ values: [Double], of path: String
  ) throws(HDF5Error) {
    try unsafe set(attribute, of: path, values.span.bytes, .float64, shape: [values.count])
  }

  /// Sets an attribute holding a row of integers.
  public func setAttribute(
    _ attribute: String, _ values: [Int], of path: String
  ) throws(HDF5Error) {
    try unsafe set(attribute, of: path, values.span.bytes, .int64, shape: [values.count])
  }

  /// Sets an attribute holding a row of strings.
  public func setAttribute(
    _ attribute: String, _ values: [String], of path: String
  ) throws(HDF5Error) {
    try set(attribute, of: path, strings: values, shape: [values.count])
  }
}

extension HDF5File {
  private func set(
    _ attribute: String, of path: String, strings: [String], shape: [Int]
  ) throws(HDF5Error) {
    let padded = try PaddedStrings(strings, for: "\(name):\(path)@\(attribute)")
    try unsafe set(
      attribute, of: path, padded.bytes.span.bytes, .string, stringLength: padded.length,
      shape: shape)
  }

  private func set(
    _ attribute: String, of path: String, _ bytes: RawSpan, _ type: ElementType,
    stringLength: Int = 1, shape: [Int]
  ) throws(HDF5Error) {
    let path = try ObjectPath(path, in: name)
    let owner = try open(path)
    let (id, object) = (owner.id, "\(object(path))@\(attribute)")
    let stored = try StoredType.make(type, stringLength: stringLength, for: object)
    let space = try Dataspace.make(shape, for: object)
    if try checked("H5Aexists", object, { unsafe H5Aexists(id, attribute) }) > 0 {
      try checked("H5Adelete", object) { unsafe H5Adelete(id, attribute) }
    }
    let handle = try Handle("H5Acreate2", object) {
      unsafe H5Acreate2(id, attribute, stored.id, space.id, chdf5_default(), chdf5_default())
    }
    let container = Container(attribute: handle, object)
    try container.write(bytes, as: stored)
    try container.close()
  }
}
