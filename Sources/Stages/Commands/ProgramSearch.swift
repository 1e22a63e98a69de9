internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import Glibc
internal import Pipeline
internal import Values

/// Where a command's program is found, and what belongs to it.
struct ProgramSearch {
  /// The folders of PATH.
  let searchPath: String

  init() {
    searchPath =
      unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
  }

  /// A name with a slash is a declared file, any other one of the system's programs.
  func locate(_ name: String) throws -> Path {
    if name.contains("/") { return Path(name) }
    for folder in folders {
      let candidate = folder / name
      if unsafe access(candidate.description, X_OK) == 0 && !candidate.isFolder { return candidate }
    }
    throw StageFailure(
      "there is no program `\(name)` in any folder of PATH; a declared file is run as ./\(name)")
  }

  private var folders: [Path] { searchPath.split(separator: ":").map { Path(String($0)) } }

  /// What the programs on PATH need to run, in the order in which it is to be shown: the folders of PATH
  /// and, where they are a `bin`, the libraries beside; of links both ends.
  func homes(of program: Path) -> [Path] {
    let places = folders + [program.folder, program.resolved?.folder].compactMap { $0 }
    let foreign = places.filter { $0.description.hasPrefix("/") && !Self.isOfSystem($0) }
    return foreign.flatMap(Self.home(of:))
  }

  private static let parts = [
    "bin", "sbin", "lib", "lib64", "lib32", "libexec", "share", "include", "etc", "ssl",
    "pyvenv.cfg",
  ]

  private static func home(of folder: Path) -> [Path] {
    // pyenv and its kind: the name on PATH chooses among versions beside, and without them it would
    // silently be the system's program.
    if folder.name == "shims" { return [folder.folder] }
    guard ["bin", "sbin", "libexec"].contains(folder.name), folder.folder.description != "/" else {
      return [folder]
    }
    return parts.map { folder.folder / $0 }.filter(\.exists)
  }

  /// What every program may read: the system as its packages have it.
  static let systemFolders = [
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/nix", "/gnu",
    "/sys/devices/system",
  ]

  static func isOfSystem(_ path: Path) -> Bool {
    systemFolders.contains { path.description == $0 || path.description.hasPrefix($0 + "/") }
  }
}

extension ProgramSearch {
  /// Above any interpreter; what is larger is told by its size.
  private static let largest = 1 << 30

  /// What the results of a command rest on besides its declared files: its program and, for Python, the
  /// packages that are installed with it. nil for a declared file and for a program that is not there.
  func dependence(of name: String) -> Dependence? {
    guard let path = try? locate(name), path.description.hasPrefix("/") else { return nil }
    let file = path.resolved ?? path
    guard let digest = try? Digest(ofFile: file, limit: Self.largest) else { return nil }
    var record: Record = [
      "path": .text(path.description), "program": .text(digest.description),
    ]
    if file.name.hasPrefix("python") {
      record["packages"] = .text(Self.packages(of: [path, file]).description)
    }
    return Dependence(
      Surroundings(record), name: "the program \(path.name)", isOfSystem: Self.isOfSystem(path))
  }

  /// Names and versions, as installers note them in the names of folders.
  private static func packages(of interpreters: [Path]) -> Digest {
    var names: [String] = []
    let prefixes = interpreters.map(\.folder.folder)
    let chosen = prefixes.flatMap { prefix in
      ((try? (prefix / "versions").names()) ?? []).map { prefix / "versions" / $0 }
    }
    for prefix in prefixes { names += (try? [(prefix / "version").readText()]) ?? [] }
    for prefix in Set(prefixes + chosen).sorted() {
      for library in [prefix / "lib", prefix / "local/lib"] {
        for version in (try? library.names()) ?? [] where version.hasPrefix("python3") {
          for kind in ["site-packages", "dist-packages"] {
            let installed = (try? (library / version / kind).names()) ?? []
            names += installed.filter { $0.hasSuffix("-info") }.map { "\(version)/\($0)" }
          }
        }
      }
    }
    return Digest(of: .list(names.map(Value.text)), domain: "slmc-packages/1")
  }
}
