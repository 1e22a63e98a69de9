public import Manifest

/// What a stage kind says of itself before anything runs. The plan needs nothing else.
public struct StageDeclaration: Sendable {
  /// One thing the stage consumes: the artifact of another stage.
  public struct Input: Sendable {
    /// The name of the place to fill.
    public let slot: String
    /// Stage kinds whose artifacts fit; empty means any.
    public let kinds: [String]
    /// Whether it may be left out.
    public let isOptional: Bool
    /// Whether several stages may fill it, in an order that matters.
    public let isList: Bool
    /// What it is for, in a line.
    public let summary: String

    /// A place for the artifact of another stage; one that has to be filled unless said otherwise.
    public init(
      _ slot: String, from kinds: [String], isOptional: Bool = false, isList: Bool = false,
      _ summary: String
    ) {
      self.slot = slot
      self.kinds = kinds
      self.isOptional = isOptional
      self.isList = isList
      self.summary = summary
    }
  }

  /// One dataset of the stage's artifact.
  public struct Dataset: Sendable {
    /// In the file; capitals stand for names that only the run tells.
    public let path: String
    /// In words; empty for a single number.
    public let shape: String
    /// How physicists write it, as text with TeX between dollars; empty where the words of the name
    /// say it.
    public let symbol: String
    /// Of its numbers; `1` for pure ones.
    public let unit: String
    /// What it holds, in a line.
    public let summary: String

    /// One dataset of an artifact.
    public init(
      _ path: String, shape: String = "", symbol: String = "", unit: String = "1",
      _ summary: String
    ) {
      self.path = path
      self.shape = shape
      self.symbol = symbol
      self.unit = unit
      self.summary = summary
    }
  }

  /// The name of the kind, as manifests write it.
  public let kind: String
  /// Raised when the numbers may change for the same parameters.
  public let version: Int
  /// What the stage does, in a line.
  public let summary: String
  /// The parameter groups the stage reads.
  public let groups: [GroupSchema]
  /// Whether the stage also takes groups that no stage kind describes (`constant`, `command`).
  public let takesFreeGroups: Bool
  /// What it consumes.
  public let inputs: [Input]
  /// What its artifact holds.
  public let layout: [Dataset]
  /// Names under /results that tell how the work went and not what came out, such as an acceptance:
  /// they depend on how a model was trained or a proposal tuned, beyond their errors.
  public let samplerResults: Set<String>
  /// What is known of a job's results besides their names; nil where the layout tells it.
  public let quantities: (@Sendable (JobOutline) -> [Quantity])?
  /// Whether the stage draws random numbers, so that the experiment's seed is part of its recipe.
  public let isStochastic: Bool
  /// Whether the work is so small that a process of its own would cost more.
  public let isLight: Bool
  /// How much work a job is, for predictions; nil where all jobs of the kind take about the same.
  public let effort: (@Sendable (JobOutline) -> Effort?)?
  /// How much room a job takes, so that one that cannot fit is refused; nil where that is little.
  public let footprint: (@Sendable (JobOutline) -> Footprint?)?

  /// What a stage kind says of itself; what is left out does not hold of it.
  public init(
    _ kind: String, version: Int, _ summary: String, groups: [GroupSchema] = [],
    takesFreeGroups: Bool = false, inputs: [Input] = [], layout: [Dataset] = [],
    samplerResults: Set<String> = [],
    quantities: (@Sendable (JobOutline) -> [Quantity])? = nil, isStochastic: Bool = false,
    isLight: Bool = false,
    effort: (@Sendable (JobOutline) -> Effort?)? = nil,
    footprint: (@Sendable (JobOutline) -> Footprint?)? = nil
  ) {
    self.kind = kind
    self.version = version
    self.summary = summary
    self.groups = groups
    self.takesFreeGroups = takesFreeGroups
    self.inputs = inputs
    self.layout = layout
    self.samplerResults = samplerResults
    self.quantities = quantities
    self.isStochastic = isStochastic
    self.isLight = isLight
    self.effort = effort
    self.footprint = footprint
  }
}
