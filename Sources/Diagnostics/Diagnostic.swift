/// One thing to tell the user: what happened, where, and what to do about it.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is; only an error stops the work.
  public enum Severity: String, Sendable {
    case error, warning, note
  }

  /// How bad it is.
  public var severity: Severity
  /// What happened, without place, capital or full stop.
  public var message: String
  /// Where it is; nil where no place of a file is to blame.
  public var location: SourceLocation?
  /// The offending line, quoted below the message.
  public var sourceLine: String?
  /// How many columns the caret underlines.
  public var length: Int
  /// What to do, for instance "did you mean `x`?".
  public var hint: String?

  /// Something to tell.
  public init(
    _ severity: Severity, _ message: String, at location: SourceLocation? = nil,
    sourceLine: String? = nil, length: Int = 1, hint: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.sourceLine = sourceLine
    self.length = length
    self.hint = hint
  }

  /// An error with a place and a hint; `Diagnostics.quoting(_:)` adds the line later.
  public static func error(
    _ message: String, at location: SourceLocation? = nil, length: Int = 1, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(.error, message, at: location, length: length, hint: hint)
  }

  /// A warning with a place and a hint.
  public static func warning(
    _ message: String, at location: SourceLocation? = nil, length: Int = 1, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(.warning, message, at: location, length: length, hint: hint)
  }
}

extension Diagnostic: CustomStringConvertible {
  public var description: String { DiagnosticRenderer().render(self) }
}
