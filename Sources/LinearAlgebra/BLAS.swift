internal import COpenBLAS

/// The BLAS and LAPACK library behind this module (OpenBLAS).
///
/// Its last digits depend on the number of threads and on the kernel chosen for the processor, so
/// workers use one thread and artifacts record the kernel's name.
public enum BLAS {
  /// Restricts the library to one thread: parallel work is made of whole chains and points.
  public static func useOneThread() {
    openblas_set_num_threads(1)
  }

  /// How many threads the BLAS uses.
  public static var threads: Int { Int(openblas_get_num_threads()) }

  /// The processor kernel in use ("Zen", "SkylakeX", …).
  public static var kernelName: String {
    unsafe String(cString: openblas_get_corename())
  }

  /// The environment variable that names the kernel, read when the library is loaded.
  public static let kernelVariable = "OPENBLAS_CORETYPE"

  /// A kernel that every processor has for which this program is built; nil where none is known.
  public static var portableKernel: String? {
    #if arch(x86_64)
      "Haswell"
    #else
      nil
    #endif
  }

  /// Version and build options, as the library reports them.
  public static var configuration: String {
    unsafe String(cString: openblas_get_config())
  }
}
