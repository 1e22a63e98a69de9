internal import Diagnostics
internal import FileSystem
internal import YAML

extension ExperimentReader {
  /// Two manifests of one name would write into one folder, the later over the earlier.
  mutating func refuseNamesake(of name: YAMLNode?, _ file: Path) {
    // What was submitted is judged by the files of that time, and another experiment by its own plan.
    guard frozen.isEmpty, way.count == 1, let name, let text = name.scalar?.text else { return }
    let others = Self.manifests(near: file).filter { !$0.isSameFile(as: file) }
    guard let other = others.first(where: { Self.declaredName(in: $0) == text }) else { return }
    problems.append(
      .error(
        "\(other) is the experiment `\(text)` as well: their results would go to one folder",
        at: name.location, length: name.length, hint: "give one of them another name"))
  }

  /// Manifests of the project: beside the file, and in the folders that a project has for them.
  private static func manifests(near file: Path) -> [Path] {
    let folder = file.folder
    let other = folder.absolute.name == "experiments" ? folder / ".." : folder / "experiments"
    return [folder, other].flatMap { folder in
      ((try? folder.names()) ?? []).sorted()
        .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
        .map { folder / $0 }
    }
  }

  /// Manifests are shorter than this; anything longer is not read for its name.
  private static let longestManifest = 1 << 20

  /// The name that a manifest gives itself, without reading the rest of it; nil for other files.
  private static func declaredName(in file: Path) -> String? {
    guard let size = file.stamp?.size, (1...longestManifest).contains(size), !file.isFolder,
      let text = try? file.readText()
    else { return nil }
    let lines = text.split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("experiment:") }) else { return nil }
    return (try? YAML.parse(text: String(line), file: file.description))?["experiment"]?.scalar?
      .text
  }
}
