internal import Diagnostics
internal import FileSystem
internal import Glibc
internal import Processes
internal import Stages

/// Which kernel of the BLAS computes.
///
/// `pinned`, unless told otherwise, is one that every x86-64-v3 processor has, so that an equal key means
/// equal bits on all of them, whatever OPENBLAS_CORETYPE says outside. `native` is the processor's own or
/// the one that OPENBLAS_CORETYPE names: faster on some, other last digits on most. It is never part of
/// a key; provenance and `check` name it, and a chain begun with one kernel is not continued with another.
enum KernelChoice: String, CaseIterable {
  case pinned, native

  static let variable = "SLMC_KERNEL"

  init(_ environment: [String: String]) throws(Diagnostics) {
    guard let text = environment[Self.variable], !text.isEmpty else {
      self = .pinned
      return
    }
    guard let choice = Self(rawValue: text) else {
      throw Diagnostics(
        error: "\(Self.variable) is `\(text)`, but must be `pinned` or `native`",
        hint: "unset it to have equal bits on every x86-64-v3 machine")
    }
    self = choice
  }

  /// Whether the library of this process chose its kernel under other words than these.
  func isToBeSettled(_ environment: [String: String]) -> Bool {
    guard self == .pinned, let kernel = NumericalLibraries.portableKernel else { return false }
    return environment[NumericalLibraries.kernelVariable] != kernel
  }

  /// The library chooses when it is loaded, so the choice takes effect in a program that starts anew;
  /// its children inherit it. Returns only if that failed, and then with what the library chose.
  func restart(_ words: [String]) {
    guard let kernel = NumericalLibraries.portableKernel else { return }
    unsafe setenv(NumericalLibraries.kernelVariable, kernel, 1)
    Launch(Path("/proc/self/exe"), name: words.first, Array(words.dropFirst()))
      .replaceThisProcess()
  }
}

extension Tool {
  /// To be called before anything is computed in this process or its children.
  func settleKernel() throws {
    let choice = try KernelChoice(environment)
    if isMain && choice.isToBeSettled(environment) { choice.restart(commandLine) }
  }
}
