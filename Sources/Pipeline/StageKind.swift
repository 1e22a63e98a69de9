public import Artifacts
public import FileSystem
public import Values

/// A kind of stage: what it declares, and how it turns parameters and inputs into one artifact.
///
/// A value, so that a kind may hold what it was told of, such as the theories of the program. A new kind
/// is one new file with a type that conforms to this and one line in the registry.
public protocol StageKind: Sendable {
  var declaration: StageDeclaration { get }
  /// What is wrong with parameters that each fit their type but not each other, in words.
  func problems(in parameters: Record) -> [String]
  /// Mistakes in single values that no type can tell, such as a name that only the system knows.
  func misfits(in parameters: Record) -> [Misfit]
  /// What is wrong with the inputs that a job would have, as far as parameters tell, in words.
  func problems(of job: JobOutline) -> [String]
  /// What the numbers of its artifacts are called, with those derived from them; nil where only the run
  /// tells.
  func resultNames(of job: JobOutline) -> Set<String>?
  /// What results rest on besides the recipe, as found here and now; nil where that is nothing. Asked
  /// again when an artifact is to be used, so it may depend on the kind's own groups alone.
  func surroundings(of parameters: Record) -> Dependence?
  /// Does the work, writes `job.output`, and returns the numbers worth a line in `status`; of a chain
  /// with a goal, its length as `steps` and whether it got there as `converged`.
  func run(_ job: Job) throws -> Record
}

extension StageKind {
  public func problems(in parameters: Record) -> [String] { [] }
  public func misfits(in parameters: Record) -> [Misfit] { [] }
  public func problems(of job: JobOutline) -> [String] { [] }
  public func surroundings(of parameters: Record) -> Dependence? { nil }

  /// Those of its layout.
  public func resultNames(of job: JobOutline) -> Set<String>? {
    let names = declaration.layout.map(\.path).filter { $0.hasPrefix("/results/") }
      .map { String($0.dropFirst("/results/".count)) }
    return names.contains("NAME") ? nil : Set(names)
  }
}

/// A value that fits its type and yet cannot be meant.
public struct Misfit: Sendable {
  /// The role and the fields below it, as in ["chain", "until", "observable"].
  public let path: [String]
  /// What is wrong, in words.
  public let problem: String
  /// What to do about it; nil where nothing is known.
  public let hint: String?

  /// A value that cannot be meant.
  public init(_ path: [String], _ problem: String, hint: String? = nil) {
    self.path = path
    self.problem = problem
    self.hint = hint
  }
}

/// One piece of work as its stage sees it.
public struct Job: Sendable {
  /// An input's artifact, already checked.
  public struct Input: Sendable {
    /// Its description.
    public let metadata: ArtifactMetadata
    /// The file of its numbers.
    public let data: Path

    /// An artifact that was checked.
    public init(metadata: ArtifactMetadata, data: Path) {
      self.metadata = metadata
      self.data = data
    }
  }

  /// A cached chain that is shorter, to continue, or longer, to cut.
  public struct Predecessor: Sendable {
    /// Its steps.
    public let length: Int
    /// The file of its rows.
    public let data: Path
    /// The chain's state at its end; empty when the artifact is itself a cut.
    public let state: [UInt8]

    /// A chain that is in the cache.
    public init(length: Int, data: Path, state: [UInt8]) {
      self.length = length
      self.data = data
      self.state = state
    }
  }

  /// What a declared file may have: above what belongs into a project, and below what would be read for
  /// minutes at every plan.
  public static let largestFile = 4 << 30

  /// What is to be made.
  public let recipe: Recipe
  /// All that it reads, by role.
  public let parameters: Record
  /// Where the project's declared files are.
  public let project: Path
  /// Artifacts by slot.
  public let inputs: [String: Input]
  /// The name of its random stream.
  public let stream: (key: UInt64, nonce: UInt64)
  /// A cached chain of the family; nil where there is none that fits.
  public let predecessor: Predecessor?
  /// Where data.h5 is to be written.
  public let output: Path
  /// Where the chain's state at its end is to be written.
  public let stateOutput: Path
  /// Where the state of a long job is kept while it runs.
  public let checkpoints: CheckpointSlots
  /// The store that it works for.
  public let store: Store
  /// Hears how far it has come.
  public let report: @Sendable (Progress) -> Void
  /// Whether the process was asked to end: write a checkpoint, then throw `Interrupted`.
  public let shouldStop: @Sendable () -> Bool

  /// A job as its stage sees it.
  public init(
    recipe: Recipe, parameters: Record, project: Path, inputs: [String: Input],
    stream: (key: UInt64, nonce: UInt64), predecessor: Predecessor?, output: Path,
    stateOutput: Path, checkpoints: CheckpointSlots, store: Store,
    report: @escaping @Sendable (Progress) -> Void, shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.recipe = recipe
    self.parameters = parameters
    self.project = project
    self.inputs = inputs
    self.stream = stream
    self.predecessor = predecessor
    self.output = output
    self.stateOutput = stateOutput
    self.checkpoints = checkpoints
    self.store = store
    self.report = report
    self.shouldStop = shouldStop
  }

  /// How far a long stage has come.
  public struct Progress: Sendable {
    /// Steps so far.
    public let done: Int
    /// Steps in all.
    public let total: Int
    /// What else is worth a word.
    public let note: String
    /// Seconds to the end at the pace so far; nil before there is one.
    public var secondsLeft: Double?

    /// So many steps of all.
    public init(done: Int, total: Int, note: String, secondsLeft: Double? = nil) {
      self.done = done
      self.total = total
      self.note = note
      self.secondsLeft = secondsLeft
    }
  }
}

/// A stage that stopped because it was asked to; its checkpoint holds what it had.
public struct Interrupted: Error, Sendable {
  public init() {}
}

/// A stage that cannot give its result, in words for the physicist.
public struct StageFailure: Error, Sendable, CustomStringConvertible {
  /// Why there is no result.
  public let description: String
  /// A failure in words.
  public init(_ description: String) { self.description = description }
}

/// All stage kinds of a program, in one place.
public struct StageRegistry: Sendable {
  /// In the order of the documentation.
  public let kinds: [any StageKind]
  private let byName: [String: any StageKind]

  /// A registry; of one name the first kind counts.
  public init(_ kinds: [any StageKind]) {
    self.kinds = kinds
    byName = Dictionary(kinds.map { ($0.declaration.kind, $0) }) { first, _ in first }
  }

  /// What every kind says of itself.
  public var declarations: [StageDeclaration] { kinds.map { $0.declaration } }

  /// The kind of that name; nil where there is none.
  public subscript(kind: String) -> (any StageKind)? { byName[kind] }
}
