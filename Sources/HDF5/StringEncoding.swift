/// Strings of a common length in bytes, padded with zeros: they compress, and equal texts give
/// equal bytes, which strings of variable length on the file's heap do not promise.
struct PaddedStrings {
  let length: Int
  let bytes: [UInt8]

  init(_ strings: [String], for object: String) throws(HDF5Error) {
    guard strings.allSatisfy({ !$0.utf8.contains(0) }) else {
      throw .unsupported(object: object, reason: "cannot store a string that contains NUL")
    }
    let length = max(1, strings.map(\.utf8.count).max() ?? 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(length * strings.count)
    for string in strings {
      bytes += string.utf8
      bytes += repeatElement(0, count: length - string.utf8.count)
    }
    self.length = length
    self.bytes = bytes
  }
}
