#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The place on disk of a file that is built in memory.
///
/// The library crashes when the disk fills up while it flushes chunks (seen with 1.10.8), so it is
/// never given a disk to write to: the finished image is written from here. Until then nothing
/// exists at the path, or what existed before.
struct OutputFile {
  let path: String
  private let overwriting: Bool

  /// Refuses at once what could not be written in the end.
  init(creating path: String, overwriting: Bool) throws(HDF5Error) {
    self.path = path
    self.overwriting = overwriting
    let exists = unsafe access(path, F_OK) == 0
    guard overwriting || !exists else {
      throw .failed(call: "open", object: path, reason: "the file exists")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let place = exists ? path : folder
    guard unsafe access(place, W_OK) == 0 else { throw failure("access", place) }
  }

  /// Writes the whole content; nothing of a new file is left after a failure.
  ///
  /// - Parameter durably: return only when the content has reached the device.
  func write(_ bytes: [UInt8], durably: Bool) throws(HDF5Error) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (overwriting ? O_TRUNC : O_EXCL)
    let descriptor = unsafe open(path, flags, 0o666)
    guard descriptor >= 0 else { throw failure("open", path) }
    do throws(HDF5Error) {
      try writeAll(bytes, to: descriptor, durably: durably)
      // Network file systems report a full disk only here.
      guard close(descriptor) == 0 else { throw failure("close", path) }
    } catch {
      if !overwriting { _ = unsafe unlink(path) }
      throw error
    }
  }

  /// Closes the file when it fails.
  private func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, durably: Bool
  ) throws(HDF5Error) {
    let isComplete = unsafe bytes.withUnsafeBytes { buffer in
      var rest = unsafe buffer[...]
      while unsafe !rest.isEmpty {
        let part = unsafe UnsafeRawBufferPointer(rebasing: rest)
        let written = unsafe systemWrite(descriptor, part.baseAddress, part.count)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return false }
        unsafe rest = rest.dropFirst(written)
      }
      return true
    }
    let isDurable = isComplete && (!durably || fsync(descriptor) == 0)
    guard isDurable else {
      let failure = failure(isComplete ? "fsync" : "write", path)
      _ = close(descriptor)
      throw failure
    }
  }
}

/// The failure of the system call just made.
private func failure(_ call: String, _ path: String) -> HDF5Error {
  .failed(call: call, object: path, reason: unsafe String(cString: strerror(errno)))
}

/// `write(2)`, which a method of that name hides.
private func systemWrite(
  _ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int
) -> Int {
  unsafe write(descriptor, bytes, count)
}
