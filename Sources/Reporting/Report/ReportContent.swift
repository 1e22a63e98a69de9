/// Everything a report shows, as a value. Equal contents give equal bytes: what differs from run to
/// run of the same experiment (times, hosts) goes into `execution` alone.
public struct ReportContent: Sendable {
  /// The name of the experiment.
  public var title: String
  /// One line below it: the question, or the title of the paper.
  public var subtitle: String
  /// What it all came to.
  public var verdict: ReportVerdict
  /// A few numbers that sum the run up, shown in a row below the verdict.
  public var overview: [ReportFact] = []
  /// Drawn and failed ones, in the order of the manifest.
  public var figures: [ReportFigure] = []
  /// In the order in which they are shown.
  public var tables: [ReportTable] = []
  /// Why tables that were asked for could not be made.
  public var tableFailures: [TableError] = []
  /// With the baseline; nil where there was none to compare with.
  public var comparison: BaselineComparison?
  /// How the stages hang together; nil to leave that out.
  public var stages: StageGraph?
  /// Of the models that were trained.
  public var learningCurves: [LearningCurve] = []
  /// Facts that are part of the result: seed, keys, versions.
  public var provenance: [ReportFact] = []
  /// The manifest as written by the user.
  public var manifest: String = ""
  /// When and where the jobs ran; nil for a page that is equal for equal results.
  public var execution: ExecutionRecord?

  /// An empty report.
  public init(title: String, subtitle: String = "", verdict: ReportVerdict) {
    self.title = title
    self.subtitle = subtitle
    self.verdict = verdict
  }
}

/// The banner on top of a report.
public struct ReportVerdict: Sendable {
  /// How a run was judged.
  public enum Level: String, Sendable, CaseIterable {
    case passed, inconclusive, failed, unchecked
  }

  /// How it came out.
  public var level: Level
  /// One sentence.
  public var headline: String
  /// What stands behind it, one line each.
  public var details: [String]

  /// A verdict.
  public init(_ level: Level, headline: String, details: [String] = []) {
    self.level = level
    self.headline = headline
    self.details = details
  }
}

/// A name and what belongs to it.
public struct ReportFact: Sendable {
  /// What it is about.
  public var name: String
  /// What is said of it.
  public var value: String

  /// A fact.
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A figure of the report: drawn, or the reason why not.
public enum ReportFigure: Sendable {
  /// A figure and the folder of its files as a link from the report, empty for the same folder.
  case drawn(RenderedFigure, folder: String)
  case failed(FigureError)
}

/// A table of the report.
public struct ReportTable: Sendable {
  /// The whole table.
  public var table: ResultTable
  /// A sentence above the table, with TeX-like markup.
  public var caption: String
  /// Where the whole table is, as a link from the report; nil without files.
  public var tsv: String?
  /// The name of its JSON file; nil without one.
  public var json: String?
  /// The name of its LaTeX file; nil without one.
  public var latex: String?
  /// Names of the columns that are open from the beginning; the others are a click away. nil: all.
  public var main: Set<String>?
  /// Whether tau and effective samples are open; nil where few of them decide for themselves.
  public var showsDetails: Bool?
  /// Whether the table stands behind its title until it is asked for.
  public var isFolded = false

  /// A table with links to its files.
  public init(
    _ table: ResultTable, caption: String = "", tsv: String? = nil, json: String? = nil,
    latex: String? = nil
  ) {
    self.table = table
    self.caption = caption
    self.tsv = tsv
    self.json = json
    self.latex = latex
  }
}

/// The results beside those of the baseline.
public struct BaselineComparison: Sendable {
  /// How one observable came out.
  public enum Outcome: String, Sendable, CaseIterable {
    case inconsistent, underpowered, consistent, identical
  }

  /// One observable at one point.
  public struct Row: Sendable {
    /// The job.
    public var point: String
    /// The result's name.
    public var observable: String
    /// As it was.
    public var baseline: MeasuredValue
    /// As it is.
    public var current: MeasuredValue
    /// The difference in units of its error; nil where it has none.
    public var zScore: Double?
    /// How the two compare.
    public var outcome: Outcome
    /// The smallest shift that could have been seen.
    public var detectableShift: Double?

    /// A row of the comparison.
    public init(
      point: String, observable: String, baseline: MeasuredValue, current: MeasuredValue,
      zScore: Double?, outcome: Outcome, detectableShift: Double? = nil
    ) {
      self.point = point
      self.observable = observable
      self.baseline = baseline
      self.current = current
      self.zScore = zScore
      self.outcome = outcome
      self.detectableShift = detectableShift
    }
  }

  /// The baseline's name.
  public var baseline: String
  /// How the rows were judged: the family-wise error rate, the correction.
  public var method: String
  /// One for each observable.
  public var rows: [Row]

  /// A comparison.
  public init(baseline: String, method: String, rows: [Row]) {
    self.baseline = baseline
    self.method = method
    self.rows = rows
  }
}

/// Training losses over steps.
public struct LearningCurve: Sendable {
  /// Which training it is.
  public var label: String
  /// Of the optimiser, ascending.
  public var steps: [Double]
  /// On the samples it was trained on, one for each step.
  public var losses: [Double]
  /// Losses on samples not trained on, as many as steps or none.
  public var validation: [Double]

  /// A curve with as many losses as steps.
  public init(label: String, steps: [Double], losses: [Double], validation: [Double] = []) {
    precondition(steps.count == losses.count, "learning curve \(label): steps and losses differ")
    precondition(
      validation.isEmpty || validation.count == steps.count,
      "learning curve \(label): steps and validation losses differ")
    self.label = label
    self.steps = steps
    self.losses = losses
    self.validation = validation
  }
}

/// What happened when and where; not part of the result.
public struct ExecutionRecord: Sendable {
  /// One job or one group of jobs.
  public struct Bar: Sendable {
    /// The row of the timeline: a worker or a stage.
    public var lane: String
    /// What ran.
    public var label: String
    /// Seconds since the run began.
    public var start: Double
    /// Seconds since the run began.
    public var end: Double
    /// How it ended.
    public var state: StageGraph.State

    /// A bar of the timeline.
    public init(
      lane: String, label: String, start: Double, end: Double, state: StageGraph.State = .done
    ) {
      self.lane = lane
      self.label = label
      self.start = start
      self.end = end
      self.state = state
    }
  }

  /// One for each job.
  public var bars: [Bar]
  /// Host, dates, program versions.
  public var facts: [ReportFact]

  /// A record of one run.
  public init(bars: [Bar], facts: [ReportFact] = []) {
    self.bars = bars
    self.facts = facts
  }
}
