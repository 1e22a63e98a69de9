internal import Glibc
internal import LinearAlgebra

/// The numerical library behind the results, for provenance, `doctor` and `--version`.
public enum NumericalLibraries {
  /// To be called once before any stage runs: one BLAS thread per process, because two inside small
  /// matrices are slower, and because the number of threads changes last digits.
  public static func prepare() { BLAS.useOneThread() }

  /// Version and build options of the BLAS, as it reports them.
  public static var blas: String { BLAS.configuration }
  /// The kernel that jobs compute with unless told otherwise, and the variable that names it.
  public static var portableKernel: String? { BLAS.portableKernel }
  /// The environment variable that chooses the BLAS kernel.
  public static var kernelVariable: String { BLAS.kernelVariable }
  /// The processor kernel in use.
  public static var kernel: String { BLAS.kernelName }

  /// What the last bits of a result depend on besides the program: architecture, BLAS with its
  /// kernel, mathematical library.
  public static var platform: String {
    let version = blas.split(separator: " ").prefix(2).joined(separator: " ")
    var name = [CChar](repeating: 0, count: 64)
    let length = unsafe confstr(Int32(_CS_GNU_LIBC_VERSION), &name, name.count)
    let library = String(
      decoding: name.prefix(max(0, min(length, 64) - 1)).map(UInt8.init(bitPattern:)),
      as: UTF8.self)
    #if arch(x86_64)
      let architecture = "x86_64"
    #elseif arch(arm64)
      let architecture = "aarch64"
    #else
      let architecture = "other"
    #endif
    return "\(architecture), \(version) (\(kernel)), \(library)"
  }

  /// How many threads the BLAS uses.
  public static var threads: Int { BLAS.threads }

  /// Whether a small eigenproblem comes out right: a broken or foreign BLAS shows here first.
  public static var worksOnSmallProblem: Bool {
    // sigma_y has the eigenvalues -1 and 1.
    let solver = HermitianEigensolver(order: 2)
    guard (try? solver.solveValues([0, 0, 0, 1, 0, -1, 0, 0])) != nil else { return false }
    let values = solver.values
    return values.count == 2 && abs(values[0] + 1) < 1e-12 && abs(values[1] - 1) < 1e-12
  }
}
