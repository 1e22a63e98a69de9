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
  public let problem: String
  public let hint: String?

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
    public let metadata: ArtifactMetadata
    public let data: Path

    public init(metadata: ArtifactMetadata, data: Path) {
      self.metadata = metadata
      self.data = data
    }
  }

  /// A cached chain that is shorter, to continue, or longer, to cut.
  public struct Predecessor: Sendable {
    public let length: Int
    public let data: Path
    /// The chain's state at its end; empty when the artifact is itself a cut.
    public let state: [UInt8]

    public init(length: Int, data: Path, state: [UInt8]) {
      self.length = length
      self.data = data
      self.state = state
    }
  }

  /// What a declared file may have: above what belongs into a project, and below what would be read for
  /// minutes at every plan.
  public static let largestFile = 4 << 30

  public let recipe: Recipe
  public let parameters: Record
  /// Where the project's declared files are.
  public let project: Path
  public let inputs: [String: Input]
  public let stream: (key: UInt64, nonce: UInt64)
  public let predecessor: Predecessor?
  /// Where data.h5 is to be written.
  public let output: Path
  /// Where the chain's state at its end is to be written.
  public let stateOutput: Path
  public let checkpoints: CheckpointSlots
  public let store: Store
  public let report: @Sendable (Progress) -> Void
  /// Whether the process was asked to end: write a checkpoint, then throw `Interrupted`.
  public let shouldStop: @Sendable () -> Bool

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
    public let done: Int
    public let total: Int
    public let note: String
    /// Seconds to the end at the pace so far; nil before there is one.
    public var secondsLeft: Double?

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
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// All stage kinds of a program, in one place.
public struct StageRegistry: Sendable {
  public let kinds: [any StageKind]
  private let byName: [String: any StageKind]

  public init(_ kinds: [any StageKind]) {
    self.kinds = kinds
    byName = Dictionary(kinds.map { ($0.declaration.kind, $0) }) { first, _ in first }
  }

  public var declarations: [StageDeclaration] { kinds.map { $0.declaration } }

  public subscript(kind: String) -> (any StageKind)? { byName[kind] }
}
