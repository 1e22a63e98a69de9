internal import Glibc

/// What the cluster lets one user ask for, as it says itself.
public struct ClusterLimits: Sendable, Equatable {
  /// One more than the highest index of an array; 0 when arrays are off.
  public var arraySize = 1001
  /// Jobs, elements of arrays among them, that may wait or run at once; nil without a limit.
  public var jobs: Int?
  /// Who sets `jobs`.
  public var source = ""

  init() {}

  /// Where no cluster answers.
  public static let unknown = ClusterLimits()

  /// One question to the controller, and where there is a database, two to it.
  public static func ask(qos: String) throws -> ClusterLimits {
    var limits = ClusterLimits()
    let settings = settings(try SlurmProgram.output(["scontrol", "show", "config"]))
    limits.arraySize = settings["MaxArraySize"].flatMap { Int($0) } ?? limits.arraySize
    limits.lower(to: settings["MaxJobCount"].flatMap { Int($0) }, "MaxJobCount")
    guard settings["AccountingStorageType"] == "accounting_storage/slurmdbd" else { return limits }
    func ask(_ what: String..., format: String) -> Int? {
      let words = ["sacctmgr", "-n", "-P", "show"] + what + ["format=\(format)"]
      return smallest(SlurmProgram.optionalOutput(words))
    }
    limits.lower(
      to: ask("assoc", "where", "user=\(userName)", format: "MaxSubmitJobs,GrpSubmitJobs"),
      "the account's limit")
    guard !qos.isEmpty else { return limits }
    limits.lower(
      to: ask("qos", "where", "name=\(qos)", format: "MaxSubmitJobsPU,GrpSubmitJobs"),
      "QOS \(qos)")
    return limits
  }

  private static var userName: String {
    guard let entry = unsafe getpwuid(getuid()), let name = unsafe entry.pointee.pw_name else {
      return "\(getuid())"
    }
    return unsafe String(cString: name)
  }

  private mutating func lower(to limit: Int?, _ source: String) {
    guard let limit, limit >= 0, limit < jobs ?? Int.max else { return }
    jobs = limit
    self.source = source
  }

  package static func smallest(_ table: String?) -> Int? {
    (table ?? "").split(whereSeparator: { $0 == "|" || $0 == "\n" }).compactMap { Int($0) }
      .filter { $0 >= 0 }.min()
  }

  /// `NAME   = VALUE` lines.
  package static func settings(_ text: String) -> [String: String] {
    let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
      guard let equals = line.firstIndex(of: "=") else { return nil }
      func trimmed(_ part: Substring) -> String {
        let start = part.drop { $0 == " " }
        return String(
          start.prefix(
            (start.lastIndex { $0 != " " }.map {
              start.distance(from: start.startIndex, to: $0) + 1
            }) ?? 0))
      }
      return (trimmed(line[..<equals]), trimmed(line[line.index(after: equals)...]))
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
