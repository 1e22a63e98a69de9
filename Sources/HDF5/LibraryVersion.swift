internal import CHDF5

/// The HDF5 library that this program is linked with.
public enum HDF5Library {
  /// The release that this program is linked with.
  public static var version: String {
    var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
    guard unsafe H5get_libversion(&major, &minor, &release) >= 0 else { return "unknown" }
    return "\(major).\(minor).\(release)"
  }
}
