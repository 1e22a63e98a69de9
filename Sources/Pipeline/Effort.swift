internal import Artifacts
public import Values

/// How much work a job is, in units of its own manner: what it takes is proportional to the amount
/// among jobs of one manner, and the rate is measured. Never part of any key.
public struct Effort: Sendable, Equatable {
  /// What tells rates apart, such as the method and the kind of model.
  public let manner: String
  /// In units of its manner.
  public let amount: Double

  /// An amount of work of some manner.
  public init(manner: String, amount: Double) {
    self.manner = manner
    self.amount = amount
  }

  /// The part of a chain's work between two lengths.
  public func part(from begun: Int, to end: Int, of length: Int) -> Effort {
    Effort(
      manner: manner, amount: amount * Double(max(end - begun, 0)) / Double(max(length, 1)))
  }
}

/// What is known of a job before it runs.
public struct JobOutline: Sendable {
  /// An input, as the stage that makes it is described.
  public struct Input: Sendable {
    /// All that it reads, by role.
    public let parameters: Record
    /// Of its chain; nil for anything else.
    public let length: Int?

    /// What is known of the stage behind an input.
    public init(parameters: Record, length: Int?) {
      self.parameters = parameters
      self.length = length
    }
  }

  /// All that it reads, by role.
  public let parameters: Record
  /// Of its chain; nil for anything else.
  public let length: Int?
  /// By slot.
  public let inputs: [String: Input]

  /// What is known of a job before it runs.
  public init(parameters: Record, length: Int?, inputs: [String: Input]) {
    self.parameters = parameters
    self.length = length
    self.inputs = inputs
  }
}

extension Job {
  /// What was known of it before it ran.
  public var outline: JobOutline {
    JobOutline(
      parameters: parameters, length: recipe.length,
      inputs: inputs.mapValues {
        .init(parameters: $0.metadata.parameters, length: $0.metadata.length)
      })
  }
}

extension Plan {
  /// What is known of a job before it runs.
  func outline(of job: PlannedJob) -> JobOutline {
    let inputs = inputs(of: job).map { slot, place in
      let made = jobs[place]
      return (
        slot, JobOutline.Input(parameters: parameters(of: made), length: made.recipe.length)
      )
    }
    return JobOutline(
      parameters: parameters(of: job), length: job.recipe.length,
      inputs: Dictionary(inputs) { first, _ in first })
  }

  /// What is still to do of a job; nil where its kind does not tell.
  public func effort(of job: PlannedJob) -> Effort? {
    guard let estimate = stages[job.stage].declaration.effort,
      let whole = estimate(outline(of: job))
    else { return nil }
    let length = job.recipe.length ?? 1
    return switch job.action {
    case .run: whole
    case .extend(let begun, _): whole.part(from: begun, to: length, of: length)
    case .reuse, .cut: Effort(manner: whole.manner, amount: 0)
    }
  }
}
