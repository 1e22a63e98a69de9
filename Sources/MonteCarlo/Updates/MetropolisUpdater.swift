public import Randomness

/// Every number of the field in turn moves by a uniform step and is accepted with min(1, W'/W)
/// (Metropolis et al. 1953), for any field in flat space with a local action. The width of the steps is
/// given and not tuned, so that all replicas are alike.
public final class MetropolisUpdater: Updater {
  public private(set) var field: Field
  private let action: any LocalAction
  private let width: Double
  private var random: RandomStream

  /// Steps of a width that is given and not tuned.
  public init(_ action: any LocalAction, width: Double, start: Field, random: RandomStream) {
    self.action = action
    self.width = width
    self.random = random
    field = start
  }

  public var logWeight: Double? { nil }
  public var evaluationsPerSweep: Double? { nil }

  public func sweep() -> Double {
    var accepted = 0
    for index in field.values.indices {
      let value = field.values[index] + width * (2 * random.uniform() - 1)
      let change = action.change(of: field, at: index, to: value)
      guard accepts(change, using: &random) else { continue }
      field.values[index] = value
      accepted += 1
    }
    return Double(accepted) / Double(field.values.count)
  }

  public func save(into state: inout ChainState, as name: String) {
    state.reals[name + ".field"] = field.values
    state.store(random, as: name + ".stream")
  }

  public func restore(from state: ChainState, as name: String) throws(FieldError) {
    let values = try state.numbers(name + ".field", count: field.values.count)
    random = try state.stream(name + ".stream")
    field.values = values
  }

  public var facts: [Fact] { [Fact("stepWidth", width, "largest step of a number")] }
}
