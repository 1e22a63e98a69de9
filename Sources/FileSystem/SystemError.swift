internal import Glibc

/// A call to the operating system that failed: what was tried, on what, and why.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
  public let action: String
  public let path: String
  public let code: Int32
  /// What is wrong where the system's own word for the code would not say it.
  private let explanation: String?

  init(_ action: String, _ path: Path) {
    self.action = action
    self.path = path.description
    code = errno
    explanation = nil
  }

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

  public var reason: String { unsafe explanation ?? String(cString: strerror(code)) }
  public var description: String { "cannot \(action) \(path): \(reason)" }

  public var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  public var isPresent: Bool { code == EEXIST || code == ENOTEMPTY }
  public var isFull: Bool { code == ENOSPC || code == EDQUOT }
}
