internal import Glibc

/// Calls `body` with texts as C wants them, ended by a null pointer; they live as long as the call.
@unsafe package func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
) rethrows -> Result {
  let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
  defer { unsafe copies.forEach { unsafe free($0) } }
  return try unsafe copies.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else { preconditionFailure("the terminator is there") }
    return try unsafe body(base)
  }
}
