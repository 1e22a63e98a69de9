import Foundation
import LinearAlgebra

// slmc-bench SUBCOMMAND [ARGUMENTS]: ratios against the naive way, measured in one run. Each
// subcommand is one file and one line here.

let subcommands: [Subcommand] = [
  Subcommand("exact", "single-spin proposals against diagonalisation, by size", run: benchExact),
  Subcommand("logweight", "ln W by determinants against diagonalisation", run: benchLogWeight),
  Subcommand("matvec", "complex 12 x 12 matrix times vector: Swift, C, Numba", run: benchMatvec),
  Subcommand("sweeps", "bare sweeps, for profilers: METHOD SWEEPS [EXTENT]", run: benchSweeps),
  Subcommand("table", "averages on 6 x 6 by every method: [rows] [methods]", run: benchTable),
  Subcommand("accuracy", "errors of the fast updates: [updates]", run: benchAccuracy),
  Subcommand("poles", "poles needed against temperature and coupling", run: benchPoles),
  Subcommand("attention", "passes of the attention model: [layers]", run: benchAttention),
  Subcommand(
    "slmc", "self-learning against exact chains: [extent] [temperature] [proposals]",
    run: benchSelfLearning),
]

struct Subcommand {
  let name: String
  let summary: String
  let run: ([String]) throws -> Void

  init(_ name: String, _ summary: String, run: @escaping ([String]) throws -> Void) {
    self.name = name
    self.summary = summary
    self.run = run
  }
}

BLAS.useOneThread()
let arguments = Array(CommandLine.arguments.dropFirst())
guard let chosen = subcommands.first(where: { $0.name == arguments.first }) else {
  print("usage: slmc-bench SUBCOMMAND\n")
  for item in subcommands {
    print("  " + item.name.padding(toLength: 12, withPad: " ", startingAt: 0) + item.summary)
  }
  exit(2)
}
do {
  print("OpenBLAS kernel \(BLAS.kernelName), \(BLAS.threads) thread")
  try chosen.run(Array(arguments.dropFirst()))
} catch {
  print("slmc-bench \(chosen.name): \(error)")
  exit(1)
}
