internal import LinearAlgebra

/// The numerical libraries behind the results, for provenance and `doctor`.
public var libraryVersions: [(name: String, version: String)] {
  [("blasKernel", BLAS.kernelName)]
}

/// To be called once before any stage runs: one BLAS thread per process, because two inside small
/// matrices are slower, and because the number of threads changes last digits.
public func prepareNumerics() { BLAS.useOneThread() }
