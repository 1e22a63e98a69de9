internal import CHDF5

/// The one owner of a library identifier, which is released when the owner's scope ends.
///
/// Bind it to a name before passing on `id`: that of a temporary is released before the call.
struct Handle: ~Copyable {
  let id: hid_t

  /// Takes over the identifier that `body` returns, or throws the library's reason.
  init(_ call: StaticString, _ object: String, _ body: () -> hid_t) throws(HDF5Error) {
    id = try checked(call, object, body)
  }

  deinit { H5Idec_ref(id) }

  /// Releases the identifier and reports what the last flush of its data met.
  consuming func close(_ object: String) throws(HDF5Error) {
    let id = id
    discard self
    try checked("H5Idec_ref", object) { H5Idec_ref(id) }
  }
}
