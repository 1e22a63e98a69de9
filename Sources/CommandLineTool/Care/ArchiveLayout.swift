internal import Artifacts
internal import ContentHash
internal import Values

/// What an archive of slmc holds, and under which names.
///
///     slmc-archive.json              format, the experiment, the command, keys
///     manifests/experiments/…        the texts that the plan was read from, by project path
///     artifacts/KEY/data.h5, …       the artifacts with all that they are made of
enum ArchiveLayout {
  static let format = "slmc-archive/1"
  static let description = "slmc-archive.json"
  static let files = ["data.h5", "meta.json", "state.bin"]

  enum Place {
    case description
    case manifest(String)
    case artifact(Digest, file: String)
  }

  /// A name that begins with a dot is a setting of some program, and the store; one that holds controls
  /// is no name that a person gave.
  private static func isVisible(_ part: String) -> Bool {
    !part.isEmpty && !part.hasPrefix(".")
      && part.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  static func name(of key: Digest, _ file: String) -> String { "artifacts/\(key)/\(file)" }

  /// nil for a name that is not of an archive; nothing may point outside the target folder.
  static func place(of name: String) -> Place? {
    if name == description { return .description }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, parts.allSatisfy(isVisible) else { return nil }
    switch parts[0] {
    case "manifests": return .manifest(parts.dropFirst().joined(separator: "/"))
    case "artifacts":
      guard parts.count == 3, let key = Digest(parts[1]), files.contains(parts[2]) else {
        return nil
      }
      return .artifact(key, file: parts[2])
    default: return nil
    }
  }
}
