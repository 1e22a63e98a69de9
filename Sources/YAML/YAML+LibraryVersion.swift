internal import CFyaml

extension YAML {
  /// The version of libfyaml that this program is linked with.
  public static var libraryVersion: String { unsafe String(cString: fy_library_version()) }
}
