public import Diagnostics
public import FileSystem
public import Values
public import YAML

/// A manifest as read: a pipeline, values, a sweep, figures, tables. Nothing is resolved against stage kinds
/// yet; that is the plan's work.
public struct Experiment: Sendable {
  /// What it is called; its results lie under this name.
  public let name: String
  /// What it is about, for people.
  public let description: String
  /// Where the description is written, if there is one.
  public let descriptionLocation: SourceLocation?
  /// The manifest.
  public let file: Path
  /// Of all its random numbers.
  public let seed: Int
  /// Its stages and how they hang together.
  public let pipeline: PipelineGraph
  /// Base parameter groups by name; where each begins, for messages about what it lacks.
  public let parameters: [String: YAMLNode]
  /// The points that it is computed at.
  public let sweep: Sweep
  /// The figures that it declares, in their order.
  public let figures: [Figure]
  /// The tables that it declares, in their order.
  public let tables: [TableChoice]
  /// Experiments whose stages fill inputs here, by `ForeignStage.experimentName`.
  public let others: [String: Experiment]
  /// Committed baseline of this profile, relative to the project's folder.
  public let baseline: Path?
  /// How a check against it judges, defaults filled in.
  public let gate: Record
  /// The profile that was asked for; nil without one.
  public let profile: String?
  /// Whether the command line sets values (`-S`): then it is not what the manifest says.
  public let isAdjusted: Bool
  /// What the profile says of a cluster, with defaults filled in; nil when it names none.
  public let cluster: Record?
  /// Texts of all files read, to quote lines from and to show in the report.
  public let sources: [SourceText]
  /// Mistakes found while reading; the plan adds what it finds and throws all of them together.
  public let problems: Diagnostics

  /// Where the manifest's relative paths start: the folder above `experiments/`, else its own.
  public var projectFolder: Path {
    let folder = file.folder
    return folder.name == "experiments" ? folder.folder : folder
  }

  /// The baseline's file, where the manifest names one.
  public var baselineFile: Path? {
    baseline.map { projectFolder / $0.description }
  }

  /// Where figures, tables and reports go. A profile and values from the command line make other
  /// results; they have folders of their own, so that they never stand in for the whole experiment's.
  public var resultsFolder: Path {
    let whole = projectFolder / "results" / name
    let own = profile.map { whole / $0 } ?? whole
    return isAdjusted ? own / Self.adjustedFolder : own
  }

  /// The folder for results with values from the command line.
  public static let adjustedFolder = "adhoc"
}
