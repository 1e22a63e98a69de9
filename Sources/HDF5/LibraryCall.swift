internal import CHDF5

/// Runs one library call and throws what the library says when its status is negative.
///
/// The thread-safe library keeps one error stack per thread, with printing switched on: it is
/// silenced before every call, because a task may run on another thread after every suspension.
@discardableResult
func checked<Status: SignedInteger>(
  _ call: StaticString, _ object: String, _ body: () -> Status
) throws(HDF5Error) -> Status {
  _ = H5Eset_auto2(chdf5_default(), nil, nil)
  let status = body()
  guard status < 0 else { return status }
  throw .failed(call: "\(call)", object: object, reason: innermostReason())
}

/// The text of the most specific entry of this thread's error stack.
private func innermostReason() -> String {
  var reason = ""
  unsafe withUnsafeMutablePointer(to: &reason) { place in
    _ = unsafe H5Ewalk2(
      chdf5_default(), H5E_WALK_UPWARD,
      { position, entry, context in
        guard position == 0, let text = unsafe entry?.pointee.desc else { return 0 }
        unsafe context?.assumingMemoryBound(to: String.self).pointee = String(cString: text)
        return 0
      }, place)
  }
  return reason.isEmpty ? "no reason given" : withoutParticulars(reason)
}

/// A failed system call is reported with the time, a buffer's address and more after the first
/// colon: what stays is the operation and the system's message.
private func withoutParticulars(_ reason: String) -> String {
  let parts = reason.split(separator: "error message = '", maxSplits: 1)
  guard parts.count == 2, let operation = reason.split(separator: ":").first,
    let message = parts[1].split(separator: "'").first
  else { return reason }
  return "\(operation): \(message)"
}
