internal import ContentHash
internal import FileSystem
internal import Glibc
internal import HDF5
internal import Pipeline
internal import Values

/// The folder in which a command runs: what the manifest declares, and nothing else.
struct CommandScratch {
  let folder: Path

  /// Lays out the declared files, the inputs and the parameters.
  init(_ job: Job, at folder: Path) throws {
    self.folder = folder
    try folder.createFolders()
    let declared = job.parameters["with"]?["files"]?.record ?? [:]
    for (name, digest) in declared.elements {
      try copy(name, digest: digest.text, from: job.project)
    }
    for (slot, input) in job.inputs.sorted(by: { $0.key < $1.key }) {
      try put(try input.data.read(), at: folder / "\(slot).h5")
      try unpack(input, to: folder / slot)
    }
    var parameters = job.parameters
    parameters["with"] = nil
    let text = Value.record(parameters).json(indented: true) + "\n"
    try put(Array(text.utf8), at: folder / "parameters.json")
  }

  /// The bytes copied are the bytes checked: an edit while the run goes on is noticed.
  private func copy(_ name: String, digest: String?, from project: Path) throws {
    let source = project / name
    let bytes: [UInt8]
    do {
      bytes = try source.readRegular(limit: Job.largestFile)
    } catch {
      throw StageFailure("the declared file `\(name)` cannot be read: \(error)")
    }
    guard Digest(of: bytes).description == digest else {
      throw StageFailure("`\(name)` was edited while this run was under way; run it again")
    }
    let target = folder / name
    try target.folder.createFolders()
    try put(bytes, at: target)
    if unsafe access(source.description, X_OK) == 0 { try target.setMode(0o755) }
  }

  /// Two things of one name would hide each other.
  private func put(_ bytes: [UInt8], at path: Path) throws {
    if path.exists {
      throw StageFailure("`\(path.name)` is both a declared file and an input of the command")
    }
    try path.create(bytes)
  }

  /// The files that another command wrote, as files again.
  private func unpack(_ input: Job.Input, to target: Path) throws {
    let artifact = try HDF5File(opening: input.data.description)
    guard try artifact.exists(CommandStage.outputGroup) else { return }
    try target.createFolders()
    for name in try artifact.children(of: CommandStage.outputGroup) {
      try put(try artifact.bytes(at: "\(CommandStage.outputGroup)/\(name)"), at: target / name)
    }
  }

  /// Above what an artifact should hold in one piece; numbers take far less.
  static let largestOutput = 1 << 30
  static let largestResults = 16 << 20

  /// A file that the command had to write: an ordinary one, not a way to somewhere else.
  func output(_ name: String) throws -> [UInt8] {
    let limit = name == CommandStage.resultsFile ? Self.largestResults : Self.largestOutput
    do {
      return try (folder / name).readRegular(limit: limit, links: .refused)
    } catch {
      guard !error.isMissing else {
        throw StageFailure("the command did not write its output `\(name)`")
      }
      throw StageFailure("the output `\(name)` cannot be taken: \(error)")
    }
  }
}
