internal import FileSystem

/// Test results in the JUnit XML dialect that CI systems read.
public struct JUnitReport: Sendable {
  /// How a case ended.
  public enum Outcome: Sendable, Hashable {
    case passed
    /// The property does not hold; for instance an observable that moved.
    case failed(message: String, details: String)
    /// It could not be found out whether the property holds.
    case error(message: String, details: String)
    case skipped(message: String)
  }

  /// One checked property.
  public struct Case: Sendable, Hashable {
    /// What was tested.
    public var name: String
    /// The group shown by CI systems, such as `attention-depth.analysis`.
    public var className: String
    /// The running time, left out where results must repeat byte by byte.
    public var seconds: Double?
    /// How it ended.
    public var outcome: Outcome

    /// A case.
    public init(
      _ name: String, className: String, seconds: Double? = nil, outcome: Outcome = .passed
    ) {
      self.name = name
      self.className = className
      self.seconds = seconds
      self.outcome = outcome
    }
  }

  /// Cases that belong together.
  public struct Suite: Sendable, Hashable {
    /// What its cases have in common.
    public var name: String
    /// In the order of the report.
    public var cases: [Case]

    /// A suite.
    public init(_ name: String, cases: [Case]) {
      self.name = name
      self.cases = cases
    }
  }

  /// What was tested as a whole.
  public var name: String
  /// In the order of the report.
  public var suites: [Suite]

  /// A report of several suites.
  public init(name: String, suites: [Suite]) {
    self.name = name
    self.suites = suites
  }

  /// The XML document.
  public func xml() -> String {
    let all = suites.flatMap(\.cases)
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
      + "name=\"\(Escaping.markup(name))\" \(Self.counts(all))>\n"
      + suites.map { suite in
        "  <testsuite name=\"\(Escaping.markup(suite.name))\" \(Self.counts(suite.cases))>\n"
          + suite.cases.map(Self.element).joined() + "  </testsuite>\n"
      }.joined() + "</testsuites>\n"
  }

  /// Writes the document.
  public func write(to path: String) throws(ReportFileError) {
    do throws(SystemError) {
      try Path(path).replace(with: xml())
    } catch {
      throw ReportFileError(path: error.path, reason: error.reason)
    }
  }

  private static func counts(_ cases: [Case]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for test in cases {
      switch test.outcome {
      case .passed: break
      case .failed: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    return "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" "
      + "skipped=\"\(skipped)\""
  }

  private static func element(_ test: Case) -> String {
    let time = test.seconds.map { " time=\"\(exactText(($0 * 1000).rounded() / 1000))\"" } ?? ""
    let open =
      "    <testcase name=\"\(Escaping.markup(test.name))\" "
      + "classname=\"\(Escaping.markup(test.className))\"\(time)"
    func element(_ tag: String, _ message: String, _ details: String) -> String {
      "\(open)>\n      <\(tag) message=\"\(Escaping.markup(message))\">"
        + "\(Escaping.markup(details))</\(tag)>\n    </testcase>\n"
    }
    switch test.outcome {
    case .passed: return open + "/>\n"
    case .failed(let message, let details): return element("failure", message, details)
    case .error(let message, let details): return element("error", message, details)
    case .skipped(let message):
      return "\(open)>\n      <skipped message=\"\(Escaping.markup(message))\"/>\n    </testcase>\n"
    }
  }
}
