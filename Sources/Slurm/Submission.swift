public import Artifacts
internal import ContentHash
internal import Diagnostics
public import FileSystem
public import Manifest
public import Pipeline
internal import Values

/// What was submitted, frozen: texts of the manifest and its pipeline, and what the command line said.
/// Workers plan from these, so that editing the manifest changes nothing under way.
public struct SubmissionRequest: Sendable {
  /// The experiment's name.
  public let experiment: String
  /// The manifest.
  public let file: Path
  /// Where relative paths start.
  public let folder: Path
  /// What the command line changed of it.
  public let overrides: Overrides
  /// The part that was asked for.
  public let selection: Selection
  let texts: [(file: String, text: String)]

  /// What was asked for when an experiment was submitted.
  public init(_ experiment: Experiment, overrides: Overrides, selection: Selection) {
    self.experiment = experiment.name
    file = experiment.file
    folder = Path.current
    self.overrides = overrides
    self.selection = selection
    texts = experiment.sources.map { ($0.file, $0.lines.joined(separator: "\n")) }
  }

  /// The experiment as it was when it was submitted.
  public func read() throws -> Experiment {
    let frozen = Dictionary(texts.map { ($0.file, Array($0.text.utf8)) }) { first, _ in first }
    return try ExperimentReader.read(file, overrides: overrides, frozen: frozen)
  }

  var value: Value {
    .record([
      "experiment": .text(experiment), "file": .text(file.description),
      "folder": .text(folder.description),
      "profile": overrides.profile.map(Value.text) ?? .null,
      "settings": Self.list(overrides.settings.map { ($0.path, $0.value) }),
      "only": Self.list(selection.only.map { ($0.axis, $0.value) }),
      "until": selection.until.map(Value.text) ?? .null,
      "texts": Self.list(texts.map { ($0.file, $0.text) }),
    ])
  }

  init?(_ value: Value) {
    guard let experiment = value["experiment"]?.text, let file = value["file"]?.text,
      let folder = value["folder"]?.text
    else { return nil }
    self.experiment = experiment
    self.file = Path(file)
    self.folder = Path(folder)
    overrides = Overrides(
      profile: value["profile"]?.text,
      settings: Self.pairs(value["settings"]).map { (path: $0, value: $1) })
    selection = Selection(
      only: Self.pairs(value["only"]).map { (axis: $0, value: $1) }, until: value["until"]?.text)
    texts = Self.pairs(value["texts"]).map { (file: $0, text: $1) }
  }

  private static func list(_ pairs: [(String, String)]) -> Value {
    .list(pairs.map { .list([.text($0.0), .text($0.1)]) })
  }

  private static func pairs(_ value: Value?) -> [(String, String)] {
    (value?.list ?? []).compactMap { pair in
      guard let texts = pair.list?.compactMap(\.text), texts.count == 2 else { return nil }
      return (texts[0], texts[1])
    }
  }
}

/// One submission's folder in the store:
///
///     request.json   what was submitted
///     arrays/ID      one file per array: its class, width and memory
///     scripts/       what sbatch was given
///     workers/       what each worker printed
///     failed/KEY     why nobody is to try a job again
///     memory/KEY-N   that a job needs its memory doubled N times
///     attempts/KEY   who began a job and did not end it
///     left/ID        workers that left because others held all the work
public struct Submission: Sendable {
  /// Where its notes lie, in the store.
  public let folder: Path
  /// What was asked for.
  public let request: SubmissionRequest

  /// Unique in its store.
  public var name: String { folder.name }

  /// The submission of a request; an equal request has the same.
  public init(_ request: SubmissionRequest, in store: Store) throws {
    let bytes = Array(request.value.json().utf8)
    folder = store.root / "submissions" / "\(request.experiment)-\(Digest(of: bytes).short)"
    self.request = request
    for part in ["arrays", "scripts", "workers", "failed", "memory", "attempts", "left"] {
      try (folder / part).createFolders()
    }
    try (folder / "request.json").replace(with: bytes)
  }

  /// Opens what was submitted; nil when the folder holds none.
  public init?(opening folder: Path) {
    guard let bytes = try? (folder / "request.json").read(), let value = try? Value(json: bytes),
      let request = SubmissionRequest(value)
    else { return nil }
    self.folder = folder
    self.request = request
  }

  /// All submissions of an experiment, whatever its manifest said then.
  public static func all(of experiment: String, in store: Store) -> [Submission] {
    let folder = store.root / "submissions"
    return ((try? folder.names()) ?? []).compactMap { Submission(opening: folder / $0) }
      .filter { $0.request.experiment == experiment }
  }
}
