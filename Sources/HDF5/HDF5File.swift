internal import CHDF5

/// An open HDF5 file. Equal sequences of writes give equal bytes: no times, the oldest format.
///
/// Paths name objects from the root: `/results/energy`. Groups on the way are created by a write.
/// A file is used by one thread at a time.
///
/// A new file is built in memory and written by `close()`, whole or not at all: abandoned after an
/// error it leaves nothing behind, and a full disk is an error like any other.
public final class HDF5File {
  /// What errors call this file: its path, or the name given to an image.
  public let name: String
  private var handle: Handle?
  /// Lives as long as a file in memory, which the library knows by this list's number.
  private var memory: Handle?
  /// Where `close()` writes a new file.
  private var output: OutputFile?

  /// Begins a new file, whose directory must exist; `close()` completes it.
  ///
  /// - Parameter overwriting: replace an existing file instead of refusing.
  public convenience init(creating path: String, overwriting: Bool = false) throws(HDF5Error) {
    let output = try OutputFile(creating: path, overwriting: overwriting)
    try self.init(inMemory: path)
    self.output = output
  }

  /// Opens a file for reading. A truncated file, or one that is not HDF5, is refused.
  public init(opening path: String) throws(HDF5Error) {
    name = path
    try requireFile(path)
    let access = try Self.accessProperties(path)
    handle = try Self.open(path, access, named: path)
  }

  /// Opens the bytes of a file for reading.
  public init(image: [UInt8], name: String = "image") throws(HDF5Error) {
    self.name = name
    let access = try Self.memoryProperties(name)
    var image = image
    try checked("H5Pset_file_image", name) {
      unsafe H5Pset_file_image(access.id, &image, image.count)
    }
    handle = try Self.open(Self.uniqueName(access), access, named: name)
    memory = consume access
  }

  private init(inMemory name: String) throws(HDF5Error) {
    self.name = name
    let access = try Self.memoryProperties(name)
    let creation = try Self.creationProperties(name)
    let unique = Self.uniqueName(access)
    handle = try Handle("H5Fcreate", name) {
      unsafe H5Fcreate(unique, chdf5_truncate(), creation.id, access.id)
    }
    memory = consume access
  }

  /// A new file that never touches the disk; take its bytes with `image()`.
  public static func inMemory(name: String = "image") throws(HDF5Error) -> HDF5File {
    try HDF5File(inMemory: name)
  }

  /// The bytes of the file as they would lie on disk.
  public func image() throws(HDF5Error) -> [UInt8] {
    let id = try id
    try checked("H5Fflush", name) { H5Fflush(id, H5F_SCOPE_GLOBAL) }
    let size = try checked("H5Fget_file_image", name) { H5Fget_file_image(id, nil, 0) }
    var bytes = [UInt8](repeating: 0, count: size)
    try checked("H5Fget_file_image", name) { unsafe H5Fget_file_image(id, &bytes, size) }
    return bytes
  }

  /// Writes a new file to its path and closes; later use of the file throws.
  ///
  /// - Parameter durably: return only when the content has reached the device.
  public func close(durably: Bool = false) throws(HDF5Error) {
    if let output {
      self.output = nil
      try output.write(try image(), durably: durably)
    }
    guard let handle = handle.take() else { return }
    try handle.close(name)
  }
}

extension HDF5File {
  /// The library's identifier, or an error after `close()`.
  var id: hid_t {
    get throws(HDF5Error) {
      guard let id = handle?.id else {
        throw .unsupported(object: name, reason: "the file is closed")
      }
      return id
    }
  }

  private static func open(
    _ path: String, _ access: borrowing Handle, named name: String
  ) throws(HDF5Error) -> Handle {
    let id = access.id
    do throws(HDF5Error) {
      return try Handle("H5Fopen", name) { unsafe H5Fopen(path, chdf5_read_only(), id) }
    } catch .failed(let call, let object, let reason) {
      let reason = "cannot be opened as HDF5: \(reason)"
      throw .failed(call: call, object: object, reason: reason)
    }
  }

  /// Files are private until complete and never change afterwards, so locks guard nothing; on
  /// network file systems taking one often fails.
  private static func accessProperties(_ object: String) throws(HDF5Error) -> Handle {
    let list = try Handle("H5Pcreate", object) { H5Pcreate(chdf5_file_access()) }
    let id = list.id
    try checked("H5Pset_file_locking", object) { H5Pset_file_locking(id, false, true) }
    return list
  }

  private static func memoryProperties(_ object: String) throws(HDF5Error) -> Handle {
    let list = try Handle("H5Pcreate", object) { H5Pcreate(chdf5_file_access()) }
    let id = list.id
    try checked("H5Pset_fapl_core", object) { H5Pset_fapl_core(id, 1 << 16, false) }
    return list
  }

  /// The library takes two files in memory for the same one when their names agree; identifiers
  /// are unique while they live.
  private static func uniqueName(_ access: borrowing Handle) -> String { "memory:\(access.id)" }

  private static func creationProperties(_ object: String) throws(HDF5Error) -> Handle {
    let list = try Handle("H5Pcreate", object) { H5Pcreate(chdf5_file_creation()) }
    let id = list.id
    try checked("H5Pset_obj_track_times", object) { H5Pset_obj_track_times(id, false) }
    return list
  }
}
