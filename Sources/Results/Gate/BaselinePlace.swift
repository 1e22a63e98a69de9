package import Diagnostics
package import FileSystem

/// Where `check --update` may write. A manifest may be somebody else's, and names the file: only a file
/// of the project is written, and only one that is not there yet or is a baseline is replaced.
package struct BaselinePlace {
  /// No sweep has a baseline that is larger.
  package static let sizeLimit = 256 << 20

  private let file: Path
  private let project: Path
  private let store: Path

  package init(_ file: Path, project: Path, store: Path) {
    self.file = file
    self.project = project
    self.store = store
  }

  package func check() throws(Diagnostics) {
    let place = resolvedFolder / "x"
    guard place.isInside(project.resolved ?? project.absolute),
      !place.isInside(store.resolved ?? store)
    else {
      throw Diagnostics(
        error: "the baseline \(file) would be written outside of the project \(project.absolute)",
        hint: "name it relative to the project, as in baseline: results/NAME/baseline.json")
    }
    guard file.exists || file.isLink else { return }
    guard file.isRegular, isBaseline else {
      throw Diagnostics(
        error: "\(file) is no baseline, so it is not replaced",
        hint: "name another file under `baseline`, or remove this one")
    }
  }

  /// Also one that was cut off, which an update is to mend.
  private var isBaseline: Bool {
    guard let bytes = try? file.readRegular(limit: Self.sizeLimit, links: .refused) else {
      return false
    }
    return String(decoding: bytes.prefix(200), as: UTF8.self).contains(Baseline.format)
  }

  /// The folder of the file, or what of the way to it is there, without links.
  private var resolvedFolder: Path {
    var folder = file.folder.absolute
    while !folder.exists, folder.description != "/" { folder = folder.folder }
    return folder.resolved ?? folder
  }
}
