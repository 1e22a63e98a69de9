/// Everything found wrong in one go, so that a user mends a file once and not mistake by mistake.
public struct Diagnostics: Error, Hashable, Sendable {
  /// In order of finding.
  public private(set) var found: [Diagnostic]

  /// A list of what was found.
  public init(_ found: [Diagnostic] = []) {
    self.found = found
  }

  /// A single error.
  public init(
    error message: String, at location: SourceLocation? = nil, hint: String? = nil
  ) {
    self.init([.error(message, at: location, hint: hint)])
  }

  /// Whether there is nothing to tell.
  public var isEmpty: Bool { found.isEmpty }
  /// Whether anything forbids to go on.
  public var hasErrors: Bool { found.contains { $0.severity == .error } }
  /// How many mistakes there are; warnings and notes do not count.
  public var errorCount: Int { found.count { $0.severity == .error } }

  /// Adds to what was found.
  public mutating func append(_ diagnostic: Diagnostic) {
    found.append(diagnostic)
  }

  /// Adds to what was found.
  public mutating func append(contentsOf others: Diagnostics) {
    found += others.found
  }

  /// Those without a place first, then by file, line and column; equal places keep the order of
  /// finding, and what was found twice is said once.
  public var inSourceOrder: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    var told: Set<[String]> = []
    return found.enumerated().filter { seen.insert($0.element).inserted }
      // Once a line is enough, as for every value of a swept parameter that does not exist.
      .filter { told.insert(Self.gist($0.element)).inserted }
      .sorted { left, right in
        switch (left.element.location, right.element.location) {
        case (nil, nil): left.offset < right.offset
        case (nil, _): true
        case (_, nil): false
        case (let a?, let b?): a == b ? left.offset < right.offset : a < b
        }
      }
      .map(\.element)
  }

  private static func gist(_ diagnostic: Diagnostic) -> [String] {
    let place = diagnostic.location.map { ["\($0.file)", "\($0.line)"] } ?? []
    return [diagnostic.severity.rawValue, diagnostic.message] + place
  }

  /// The same with the offending lines filled in, where they lie in this text.
  public func quoting(_ source: SourceText) -> Diagnostics {
    Diagnostics(
      found.map { diagnostic in
        guard diagnostic.sourceLine == nil, let place = diagnostic.location,
          place.file == source.file
        else { return diagnostic }
        var quoted = diagnostic
        quoted.sourceLine = source.line(place.line)
        return quoted
      })
  }

  /// Ends a phase of checking: throws everything if any of it is an error.
  public func throwIfErrors() throws(Diagnostics) {
    if hasErrors { throw self }
  }
}

extension Diagnostics: CustomStringConvertible {
  public var description: String { DiagnosticRenderer().render(self) }
}
