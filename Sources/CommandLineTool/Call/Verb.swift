internal import Diagnostics

/// One verb of the command line: what it takes and what it does. A new verb is one file in Verbs and
/// one line in `verbs`.
protocol Verb: Sendable {
  static var declaration: VerbDeclaration { get }
  /// Whether it computes in its own process, so that the BLAS kernel has to be settled first.
  static var computes: Bool { get }
  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode
}

extension Verb {
  static var computes: Bool { false }
}
