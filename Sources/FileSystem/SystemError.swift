internal import Glibc

/// A call to the operating system that failed: what was tried, on what, and why.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried, as in `read`.
  public let action: String
  /// On what.
  public let path: String
  /// The system's number for the reason.
  public let code: Int32
  /// What is wrong where the system's own word for the code would not say it.
  private let explanation: String?

  init(_ action: String, _ path: Path) {
    self.action = action
    self.path = path.description
    code = errno
    explanation = nil
  }

  /// A call that failed with that code.
  public init(_ action: String, _ path: String, code: Int32) {
    self.action = action
    self.path = path
    self.code = code
    explanation = nil
  }

  /// Something that the system allows and slmc does not.
  public init(_ action: String, _ path: Path, because explanation: String, code: Int32? = nil) {
    self.action = action
    self.path = path.description
    self.code = code ?? EINVAL
    self.explanation = explanation
  }

  /// Why, in words.
  public var reason: String { unsafe explanation ?? String(cString: strerror(code)) }
  public var description: String { "cannot \(action) \(path): \(reason)" }

  /// Whether it failed since nothing is there.
  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  /// Whether it failed since something is there already.
  public var isPresent: Bool { code == EEXIST || code == ENOTEMPTY }
  /// Whether it failed for want of room.
  public var isFull: Bool { code == ENOSPC || code == EDQUOT }
}
