/// The anchored nodes of a document and how much their aliases have added so far. Nodes share
/// storage, so that a bomb of aliases costs nothing to build; it is whoever walks the tree that
/// must be protected.
struct Anchors {
  struct Target {
    var node: YAMLNode
    /// The number of nodes in it, aliases expanded.
    var weight: Int
  }

  struct Failure: Error {
    var message: String
    var hint: String?
    /// Whether looking for further mistakes makes sense.
    var isHarmless: Bool
  }

  private var targets: [String: Target] = [:]
  private var unfinished: Set<String> = []
  private var added = 0

  mutating func begin(_ name: String) {
    unfinished.insert(name)
  }

  mutating func define(_ name: String, as node: YAMLNode, weight: Int) {
    unfinished.remove(name)
    targets[name] = Target(node: node, weight: weight)
  }

  mutating func expand(_ name: String, limit: Int) -> Result<Target, Failure> {
    if unfinished.contains(name) {
      return .failure(
        Failure(message: "alias `*\(name)` stands inside its own anchor", isHarmless: false))
    }
    guard let target = targets[name] else {
      return .failure(
        Failure(
          message: "no anchor `&\(name)` above this alias",
          hint: "text that begins with an asterisk needs quotation marks", isHarmless: false))
    }
    let (sum, overflow) = added.addingReportingOverflow(target.weight)
    guard !overflow, sum <= limit else {
      return .failure(
        Failure(message: "aliases add more than \(limit) nodes", isHarmless: false))
    }
    added = sum
    return .success(target)
  }
}
