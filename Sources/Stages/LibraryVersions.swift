internal import LinearAlgebra

/// The numerical libraries behind the results, for provenance and `doctor`.
public var libraryVersions: [(name: String, version: String)] {
  [("blasKernel", BLAS.kernelName)]
}
