/// Why an operation on an HDF5 file failed, and on which object.
///
/// `object` is written `FILE:/path` for a group or dataset and `FILE:/path@name` for an attribute.
public enum HDF5Error: Error, Equatable, Sendable {
  /// A library call failed; `reason` is the innermost entry of the library's error stack.
  case failed(call: String, object: String, reason: String)
  /// Nothing of that name exists; `present` are the names beside the first missing one.
  case missing(object: String, present: [String])
  /// The object exists and holds elements of another type, or is of another kind.
  case wrongType(object: String, expected: String, found: String)
  /// The number of values, the shape or the rows asked for do not fit.
  case wrongShape(object: String, reason: String)
  /// The object is valid HDF5 that slmc neither writes nor reads.
  case unsupported(object: String, reason: String)
}

extension HDF5Error: CustomStringConvertible {
  public var description: String {
    switch self {
    case .failed(let call, let object, let reason): "\(object): \(reason) (\(call) failed)"
    case .missing(let object, let present): "\(object): does not exist\(listing(present))"
    case .wrongType(let object, let expected, let found):
      "\(object): expected \(expected), found \(found)"
    case .wrongShape(let object, let reason): "\(object): \(reason)"
    case .unsupported(let object, let reason): "\(object): \(reason)"
    }
  }
}

/// At most eight of the names that do exist.
private func listing(_ names: [String]) -> String {
  guard !names.isEmpty else { return "" }
  let shown = names.prefix(8).joined(separator: ", ")
  return names.count > 8 ? " (there are \(shown), …)" : " (there are \(shown))"
}
