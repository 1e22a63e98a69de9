internal import Diagnostics
internal import Glibc
internal import Values
internal import YAML

/// The values of one axis: a list, or a range that stands for one.
///
///     [1, 2, 4]
///     {linspace: {from: 0.05, to: 0.2, count: 4}}     ends included
///     {logspace: {from: 0.01, to: 1, count: 5}}       ends included, equal ratios
///     {range: {from: 1, to: 10, step: 3}}             end included when hit; {from: 0.1, to: 0.5, step: 0.1}
enum RangeReader {
  static func values(_ node: YAMLNode, path: String, problems: inout Diagnostics) -> [YAMLNode] {
    if let elements = node.elements {
      if elements.isEmpty {
        problems.append(
          .error("`\(path)` has no values", at: node.location, hint: "leave it out of the sweep"))
      }
      return elements
    }
    let names = ["linspace", "logspace", "range"]
    guard let entry = node.entries?.first, node.entries?.count == 1,
      let name = entry.key.scalar?.text, names.contains(name)
    else {
      problems.append(
        .error(
          "`\(path)` must be swept over a list, linspace, logspace or range", at: node.location,
          hint: "for one value write it under `parameters`"))
      return []
    }
    return expand(name, entry.value, path: path, problems: &problems)
  }

  private static func expand(
    _ name: String, _ node: YAMLNode, path: String, problems: inout Diagnostics
  ) -> [YAMLNode] {
    var decoder = ValueDecoder()
    let record = decoder.decode(node, as: schema(name), name: "\(path).\(name)")
    problems.append(contentsOf: decoder.problems)
    guard let record, let from = record["from"]?.number, let to = record["to"]?.number else {
      return []
    }
    let numbers: [Value]
    switch name {
    case "range":
      guard let found = range(from: record["from"], to: record["to"], step: record["step"]) else {
        problems.append(.error("`\(path)` has too many values", at: node.location))
        return []
      }
      if found.isEmpty {
        problems.append(
          .error(
            "`\(path)` has no values: `from` is \(Value.spelling(of: from)), above `to`, "
              + "\(Value.spelling(of: to))", at: node.location))
      }
      numbers = found
    default:
      if name == "logspace" && (from <= 0 || to <= 0) {
        problems.append(
          .error("logspace needs positive ends, not \(from) and \(to)", at: node.location))
        return []
      }
      let count = record["count"]?.integer ?? 2
      numbers = (0..<count).map {
        .number(point($0, of: count, from: from, to: to, logarithmic: name == "logspace"))
      }
    }
    return numbers.map { .scalar($0.spelling, at: node.location) }
  }

  /// from + index * step, so that no rounding piles up; nil when there are more than any sweep may have.
  private static func range(from: Value?, to: Value?, step: Value?) -> [Value]? {
    if let from = from?.integer, let to = to?.integer, let step = step?.integer {
      return integers(from, to, step: step)?.map(Value.integer)
    }
    let (from, to, step) = (from?.number ?? 0, to?.number ?? 0, step?.number ?? 1)
    // An end that rounding has just missed is hit.
    let last = ((to - from) / step * (1 + 1e-12)).rounded(.down)
    guard last < Double(SweepReader.mostPoints) else { return nil }
    return last < 0 ? [] : (0...Int(last)).map { .number(readable(from + Double($0) * step)) }
  }

  /// nil when there are more than any sweep may have.
  private static func integers(_ from: Int, _ to: Int, step: Int) -> [Int]? {
    let (distance, overflow) = to.subtractingReportingOverflow(from)
    guard !overflow, distance / step < SweepReader.mostPoints else { return nil }
    return distance < 0 ? [] : (0...(distance / step)).map { from + $0 * step }
  }

  private static func point(
    _ index: Int, of count: Int, from: Double, to: Double, logarithmic: Bool
  ) -> Double {
    if index == 0 { return from }
    if index == count - 1 { return to }
    let share = Double(index) / Double(count - 1)
    let exact = logarithmic ? from * pow(to / from, share) : from + (to - from) * share
    return readable(exact)
  }

  private static func readable(_ exact: Double) -> Double {
    // Fifteen digits: 0.15, not 0.15000000000000002, so that a person can name the point.
    let digits = 15 - Int(floor(log10(abs(exact == 0 ? 1 : exact)))) - 1
    let scale = pow(10, Double(digits))
    let rounded = (exact * scale).rounded() / scale
    return rounded.isFinite ? rounded : exact
  }

  static let rangeEnd = FieldType.either([.integer(Int.min...Int.max), .number(.finite)])
  static let rangeStep = FieldType.either([.count, .number(.positive)])

  private static func schema(_ name: String) -> GroupSchema {
    if name == "range" {
      return GroupSchema(
        name, "numbers from one end to the other",
        fields: [
          FieldSchema("from", rangeEnd, "the first value"),
          FieldSchema("to", rangeEnd, "the last value"),
          FieldSchema("step", rangeStep, default: .integer(1), "the distance of neighbours"),
        ])
    }
    return GroupSchema(
      name, "numbers between two ends, ends included",
      fields: [
        FieldSchema("from", .number(.finite), "the first value"),
        FieldSchema("to", .number(.finite), "the last value"),
        FieldSchema("count", .integer(1...SweepReader.mostPoints), "how many values"),
      ])
  }
}
