internal import MonteCarlo
internal import Pipeline
internal import Values

/// One system at several values of one parameter in which ln W is linear.
struct SystemFamily {
  /// The parameter that tells the chains apart.
  let parameter: String
  /// Of each chain, in their order.
  let values: [Double]
  private let first: Record
  private let book: TheoryBook

  /// - Parameter systems: the `system` group of each chain.
  init(_ systems: [Record], _ book: TheoryBook) throws(StageFailure) {
    guard let first = systems.first, systems.count > 1 else {
      throw StageFailure("reweighting takes chains at two values of a parameter or more")
    }
    self.first = first
    self.book = book
    parameter = try Self.difference(systems)
    values = systems.map { [parameter] in $0[parameter]?.number ?? .nan }
    guard values.allSatisfy({ !$0.isNaN }) else {
      throw StageFailure("the chains' systems differ in `\(parameter)`, which is no number")
    }
    guard Set(values).count == values.count else {
      throw StageFailure("two chains have the same `\(parameter)`")
    }
    _ = try conjugate(at: values[0])
  }

  /// The one field in which they differ.
  private static func difference(_ systems: [Record]) throws(StageFailure) -> String {
    let names = Set(systems.flatMap(\.names)).sorted()
    let different = names.filter { name in systems.contains { $0[name] != systems[0][name] } }
    guard different.count == 1 else {
      throw StageFailure(
        different.isEmpty
          ? "all chains are of the same system: there is nothing to reweight between"
          : "the chains' systems differ in \(different.map { "`\($0)`" }.joined(separator: " and ")); "
            + "they may differ in one parameter")
    }
    return different[0]
  }

  /// The system at a value of the parameter.
  func system(at value: Double) throws(StageFailure) -> any PhysicalSystem {
    var record = first
    record[parameter] = .number(value)
    do {
      return try book.makeSystem(record)
    } catch {
      throw StageFailure("\(parameter) = \(Value.spelling(of: value)): \(error)")
    }
  }

  /// How ln W depends on the parameter.
  func conjugate(at value: Double) throws(StageFailure) -> Conjugate {
    let system = try system(at: value)
    if let known = system.conjugates.first(where: { $0.parameter == parameter }) { return known }
    let kind = first["kind"]?.text ?? "system"
    let others = system.conjugates.map { "`\($0.parameter)`" }.joined(separator: ", ")
    throw StageFailure(
      "a \(kind) does not tell ln W at another `\(parameter)` from what its chains record, so they "
        + "cannot be reweighted in it" + (others.isEmpty ? "" : "; in \(others) they can"))
  }

  /// Observables with values that mean the same at every value of the parameter, functions of means
  /// among them.
  func objection(to name: String) throws(StageFailure) -> StageFailure? {
    let system = try system(at: values[0])
    let explicit = try conjugate(at: values[0]).explicit
    let parts = system.recorded(behind: name)
    let known = system.observables.map(\.name)
    if let unknown = parts.first(where: { !known.contains($0) }) {
      return StageFailure(
        "the chains record no `\(unknown)`; they have "
          + (known.filter { !explicit.contains($0) } + system.derived.map(\.observable.name))
          .joined(separator: ", "))
    }
    return parts.first(where: explicit.contains).map {
      StageFailure(
        "`\($0)` contains `\(parameter)` itself: its recorded values are none at another value")
    }
  }
}

extension PhysicalSystem {
  /// The recorded numbers behind a name: those of a function of means, or the one of that name.
  func recorded(behind name: String) -> [String] {
    derived.first { $0.observable.name == name }?.means.flatMap(\.self) ?? [name]
  }
}
