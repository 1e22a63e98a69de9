internal import CHDF5

/// Library datatypes for the element types slmc writes, and back.
///
/// The little-endian types serve in memory and in the file alike, so what is read is canonical on
/// every host.
enum StoredType {
  /// - Parameter stringLength: bytes of one string, which are padded with zeros.
  static func make(
    _ type: ElementType, stringLength: Int = 1, for object: String
  ) throws(HDF5Error) -> Handle {
    switch type {
    case .float64: try copy(of: chdf5_float64_le(), object)
    case .int64: try copy(of: chdf5_int64_le(), object)
    case .uint8: try copy(of: chdf5_uint8(), object)
    case .complex128: try complex(object)
    case .string: try fixedString(stringLength, object)
    default: throw .unsupported(object: object, reason: "cannot store elements of type \(type)")
    }
  }

  private static func copy(of type: hid_t, _ object: String) throws(HDF5Error) -> Handle {
    try Handle("H5Tcopy", object) { H5Tcopy(type) }
  }

  private static func complex(_ object: String) throws(HDF5Error) -> Handle {
    let type = try Handle("H5Tcreate", object) { H5Tcreate(H5T_COMPOUND, 16) }
    for (name, offset) in [("r", 0), ("i", 8)] {
      try checked("H5Tinsert", object) {
        unsafe H5Tinsert(type.id, name, offset, chdf5_float64_le())
      }
    }
    return type
  }

  private static func fixedString(_ length: Int, _ object: String) throws(HDF5Error) -> Handle {
    let type = try copy(of: chdf5_c_string(), object)
    try checked("H5Tset_size", object) { H5Tset_size(type.id, length) }
    try checked("H5Tset_strpad", object) { H5Tset_strpad(type.id, H5T_STR_NULLPAD) }
    try checked("H5Tset_cset", object) { H5Tset_cset(type.id, H5T_CSET_UTF8) }
    return type
  }

  /// Which elements a library datatype describes.
  static func elementType(of type: borrowing Handle) -> ElementType {
    elementType(of: type.id)
  }

  private static func elementType(of id: hid_t) -> ElementType {
    switch H5Tget_class(id) {
    case H5T_FLOAT: .float(bits: H5Tget_precision(id))
    case H5T_INTEGER: .integer(bits: H5Tget_precision(id), signed: H5Tget_sign(id) == H5T_SGN_2)
    case H5T_STRING: .string
    case H5T_COMPOUND: complexType(of: id) ?? .other("compound")
    case H5T_ENUM: .other("enumeration")
    case H5T_ARRAY: .other("array")
    case H5T_VLEN: .other("sequence")
    case H5T_REFERENCE: .other("reference")
    default: .other("opaque")
    }
  }

  private static func complexType(of id: hid_t) -> ElementType? {
    guard H5Tget_nmembers(id) == 2,
      unsafe H5Tget_member_index(id, "r") == 0,
      unsafe H5Tget_member_index(id, "i") == 1
    else { return nil }
    let (real, imaginary) = (H5Tget_member_type(id, 0), H5Tget_member_type(id, 1))
    defer {
      H5Tclose(real)
      H5Tclose(imaginary)
    }
    guard case .float(let bits) = elementType(of: real),
      elementType(of: imaginary) == .float(bits: bits), H5Tget_size(id) == bits / 4
    else { return nil }
    return .complex(bits: 2 * bits)
  }
}
