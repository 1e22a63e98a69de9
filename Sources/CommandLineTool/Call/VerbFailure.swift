internal import Diagnostics

/// A verb that could not do its work, with the exit code that says so.
struct VerbFailure: Error, CustomStringConvertible {
  let description: String
  let code: ExitCode

  init(_ description: String, _ code: ExitCode) {
    self.description = description
    self.code = code
  }
}
