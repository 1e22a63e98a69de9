internal import Diagnostics
internal import YAML

/// The one rule for names that a manifest chooses and slmc makes files of: experiments, profiles,
/// stages, inputs, figures, tables. They reach paths, shell scripts, gnuplot and terminals, so they are
/// plain enough for all of them.
public enum FileNames {
  /// Whether a name may be a file's.
  public static func isSafe(_ name: String) -> Bool {
    guard let first = name.utf8.first, isAlphanumeric(first), name.utf8.count <= 100 else {
      return false
    }
    return name.utf8.allSatisfy { isAlphanumeric($0) || "-_+.".utf8.contains($0) }
  }

  /// What is wrong with a path that is written to, relative to the project's folder.
  public static func objection(toPath path: String) -> String? {
    if path.hasPrefix("/") { return "it must lie in the project's folder" }
    for part in path.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
      if part == ".." || part.hasPrefix(".") {
        return "no part of it may begin with a dot"
      }
      guard isSafe(part) else { return "`\(part.prefix(60))` is no safe name of a file" }
    }
    return nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension ExperimentReader {
  private static let safe = "letters, digits, - and _ are safe"

  /// Every name of the manifest that becomes the name of a file.
  mutating func checkNames(in root: YAMLNode, stages: PipelineGraph?) {
    check(
      root["experiment"], "an experiment", "results go to the folder results/NAME; \(Self.safe)")
    for (part, what) in [
      ("figures", "a figure"), ("tables", "a table"), ("profiles", "a profile"),
    ] {
      for entry in root[part]?.entries ?? [] {
        check(entry.key, what, "its files are called so; \(Self.safe)")
      }
    }
    for stage in stages?.stages ?? [] {
      check(stage.name, "a stage", at: stage.location, "its table is called so; \(Self.safe)")
      for need in stage.needs {
        check(
          need.input, "an input", at: need.location,
          "a program finds it under this name; \(Self.safe)")
      }
    }
    checkPath(root["baseline"])
  }

  private mutating func check(_ node: YAMLNode?, _ what: String, _ hint: String) {
    guard let node, let name = node.scalar?.text else { return }
    check(name, what, at: node.location, length: node.length, hint)
  }

  private mutating func check(
    _ name: String, _ what: String, at location: SourceLocation, length: Int? = nil, _ hint: String
  ) {
    guard !FileNames.isSafe(name) else { return }
    problems.append(
      .error(
        "`\(name.prefix(60))` cannot name \(what): it is no safe name of a file", at: location,
        length: length ?? min(name.count, 60), hint: hint))
  }

  private mutating func checkPath(_ node: YAMLNode?) {
    guard let node, let path = node.scalar?.text, !path.isEmpty else { return }
    let reason =
      FileNames.objection(toPath: path) ?? (path.hasSuffix(".json") ? nil : "it must end in .json")
    guard let reason else { return }
    problems.append(
      .error(
        "`\(path.prefix(60))` cannot be a baseline: \(reason)", at: node.location,
        length: node.length, hint: "as in baseline: results/NAME/baseline.json"))
  }
}
