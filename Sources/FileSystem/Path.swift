/// A path of the file system, kept as text.
public struct Path: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// As it is written, without a slash at the end.
  public let description: String

  /// A path as it is written; a slash at the end does not count.
  public init(_ text: String) {
    description = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  public static func / (folder: Path, name: String) -> Path {
    if name.hasPrefix("/") || folder.description == "." || folder.description.isEmpty {
      return Path(name)
    }
    return Path(folder.description + (folder.description.hasSuffix("/") ? "" : "/") + name)
  }

  public static func < (left: Path, right: Path) -> Bool { left.description < right.description }

  /// What stands behind the last slash.
  public var name: String {
    description.split(separator: "/").last.map(String.init) ?? description
  }

  /// The folder that holds this, "." for a bare name.
  public var folder: Path {
    guard let slash = description.lastIndex(of: "/") else { return Path(".") }
    return slash == description.startIndex ? Path("/") : Path(String(description[..<slash]))
  }

  /// The name without its last extension.
  public var stem: String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
