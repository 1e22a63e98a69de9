internal import Diagnostics
public import Manifest
internal import Values

/// Titles and captions with the values of parameters in them, as in `{system.lattice}`: what a small run
/// is called follows from what it is.
///
/// A placeholder has a dot between its braces, which TeX's groups have not; behind `_`, `^` and commands
/// braces are TeX's.
public struct Placeholders {
  let plan: Plan

  /// Fills texts with values of that plan.
  public init(_ plan: Plan) { self.plan = plan }

  /// The text for the points that a figure or table shows; placeholders that cannot be filled stay.
  public func filled(_ text: String, for choice: some ResultChoice) -> String {
    guard text.contains("{") else { return text }
    let jobs = plan.jobs(shownBy: choice)
    return filled(text, jobs)
  }

  /// The text for the whole experiment.
  public func filled(_ text: String) -> String {
    text.contains("{") ? filled(text, Self.own(plan)) : text
  }

  private func filled(_ text: String, _ jobs: [PlannedJob]) -> String {
    Self.paths(in: text).reduce(text) { text, path in
      let values = values(of: path, jobs)
      guard let value = values.first, values.count == 1 else { return text }
      return text.replacing("{\(path)}", with: Self.spelling(of: value))
    }
  }

  private static func own(_ plan: Plan) -> [PlannedJob] {
    plan.ownStages.flatMap { plan.jobs[$0.jobs] }
  }

  /// Paths between braces, each once.
  static func paths(in text: String) -> [String] {
    var paths: [String] = []
    for match in text.matches(of: /(^|[^_^A-Za-z}])\{([A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+)\}/) {
      let path = String(match.output.2)
      if !paths.contains(path) { paths.append(path) }
    }
    return paths
  }

  /// What the parameter is at these jobs, each value once.
  private func values(of path: String, _ jobs: [PlannedJob]) -> [Value] {
    var values: [Value] = []
    for job in jobs {
      guard let value = plan.parameter(path, of: job) ?? plan.baseValue(path),
        !values.contains(value)
      else { continue }
      values.append(value)
      if values.count > Self.mostValues { break }
    }
    return values
  }

  private static let mostValues = 99

  /// A lattice as 6x6, everything else as it is written.
  private static func spelling(of value: Value) -> String {
    guard let extents = value.list, !extents.isEmpty, extents.allSatisfy({ $0.integer != nil })
    else { return value.spelling }
    return extents.map(\.spelling).joined(separator: "x")
  }
}

extension Placeholders {
  /// What is wrong with the texts of a figure or table.
  func problems(in choice: some ResultChoice) -> [Diagnostic] {
    var jobs: [PlannedJob]?
    return ["title", "caption", "xLabel", "yLabel"].flatMap { setting -> [Diagnostic] in
      guard let text = choice.settings[setting]?.text, !Self.paths(in: text).isEmpty else {
        return []
      }
      let shown = jobs ?? plan.jobs(shownBy: choice)
      jobs = shown
      return problems(
        in: text, shown, at: choice.places[setting] ?? choice.location,
        hint: "a text names one value: leave it out, or choose points with `where`")
    }
  }

  /// What is wrong with the experiment's description.
  func problemsInDescription() -> [Diagnostic] {
    guard let place = plan.experiment.descriptionLocation,
      plan.experiment.description.contains("{")
    else { return [] }
    return problems(
      in: plan.experiment.description, Self.own(plan), at: place,
      hint: "a description names what all points share")
  }

  private func problems(
    in text: String, _ jobs: [PlannedJob], at place: SourceLocation, hint: String
  ) -> [Diagnostic] {
    // Where a selection leaves no job nothing is known.
    guard !jobs.isEmpty else { return [] }
    return Self.paths(in: text).compactMap { path in
      let values = values(of: path, jobs)
      if values.count == 1 { return nil }
      guard values.isEmpty else {
        return .error("`\(path)` has \(values.count) values here", at: place, hint: hint)
      }
      let known = jobs.prefix(200).reduce(into: Set<String>()) {
        $0.formUnion(plan.parameterPaths(of: $1))
      }
      return .error(
        "there is no parameter `\(path)` to put into the text", at: place,
        hint: suggestion(for: path, in: known.sorted()))
    }
  }
}
