internal import ContentHash
internal import HDF5
internal import Stages
internal import Statistics
internal import YAML

/// The release, and what it is linked with.
enum Version {
  static let number = "0.1.0"

  static var libraries: [(name: String, version: String)] {
    [
      ("HDF5", HDF5Library.version), ("BLAS", NumericalLibraries.blas),
      ("BLAS kernel", NumericalLibraries.kernel), ("FFTW", transformLibraryVersion),
      ("OpenSSL", hashLibraryVersion),
      ("libfyaml", YAML.libraryVersion),
    ]
  }

  static var description: String {
    "slmc \(number)\n" + libraries.map { "  \($0.name) \($0.version)" }.joined(separator: "\n")
  }
}
