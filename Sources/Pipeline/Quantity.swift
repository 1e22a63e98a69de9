/// What is known of a number of a stage's results besides its name.
public struct Quantity: Sendable, Hashable {
  /// The name under `/results`.
  public let name: String
  /// How physicists write it, as text with TeX between dollars; empty where the words of the name say
  /// it.
  public let symbol: String
  /// Whether it is among the few that a reader wants first.
  public let isMain: Bool

  /// A number of a stage's results.
  public init(_ name: String, symbol: String = "", isMain: Bool = false) {
    self.name = name
    self.symbol = symbol
    self.isMain = isMain
  }
}

extension Plan {
  /// What is known of a job's results.
  public func quantities(of job: PlannedJob) -> [Quantity] {
    let declaration = stages[job.stage].declaration
    return declaration.quantities?(outline(of: job)) ?? declaration.quantitiesOfLayout
  }
}

extension StageDeclaration {
  fileprivate var quantitiesOfLayout: [Quantity] {
    layout.filter { $0.path.hasPrefix("/results/") }.map {
      Quantity(String($0.path.dropFirst("/results/".count)), symbol: $0.symbol)
    }
  }
}
