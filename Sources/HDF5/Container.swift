internal import CHDF5

/// An open dataset or attribute: both have a type, a shape and elements.
struct Container: ~Copyable {
  let handle: Handle
  let isAttribute: Bool
  /// Its name in errors.
  let object: String

  init(dataset handle: consuming Handle, _ object: String) {
    self.handle = handle
    isAttribute = false
    self.object = object
  }

  init(attribute handle: consuming Handle, _ object: String) {
    self.handle = handle
    isAttribute = true
    self.object = object
  }

  func space() throws(HDF5Error) -> Handle {
    let id = handle.id
    return isAttribute
      ? try Handle("H5Aget_space", object) { H5Aget_space(id) }
      : try Handle("H5Dget_space", object) { H5Dget_space(id) }
  }

  func fileType() throws(HDF5Error) -> Handle {
    let id = handle.id
    return isAttribute
      ? try Handle("H5Aget_type", object) { H5Aget_type(id) }
      : try Handle("H5Dget_type", object) { H5Dget_type(id) }
  }

  func elementType() throws(HDF5Error) -> ElementType {
    StoredType.elementType(of: try fileType())
  }

  func shape() throws(HDF5Error) -> [Int] {
    try Dataspace.shape(of: try space(), object)
  }

  /// Reads everything, or `rows` of the first dimension, into a buffer of the selection's size.
  func read(
    as type: borrowing Handle, memory: hid_t, file: hid_t,
    into buffer: UnsafeMutableRawPointer?
  ) throws(HDF5Error) {
    let (id, type) = (handle.id, type.id)
    if isAttribute {
      try checked("H5Aread", object) { unsafe H5Aread(id, type, buffer) }
    } else {
      try checked("H5Dread", object) {
        unsafe H5Dread(id, type, memory, file, chdf5_default(), buffer)
      }
    }
  }

  func write(_ bytes: RawSpan, as type: borrowing Handle) throws(HDF5Error) {
    guard !bytes.isEmpty else { return }
    let (id, type) = (handle.id, type.id)
    let everything = chdf5_default()
    try unsafe bytes.withUnsafeBytes { (buffer) throws(HDF5Error) in
      let values = buffer.baseAddress
      if isAttribute {
        try checked("H5Awrite", object) { unsafe H5Awrite(id, type, values) }
      } else {
        try checked("H5Dwrite", object) {
          unsafe H5Dwrite(id, type, everything, everything, everything, values)
        }
      }
    }
  }

  /// Releases it and reports what flushing its chunks met.
  consuming func close() throws(HDF5Error) {
    let object = object
    try handle.close(object)
  }
}
