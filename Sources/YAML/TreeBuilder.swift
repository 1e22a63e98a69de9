internal import Diagnostics

/// Turns events into the tree, iteratively, and finds what YAML allows and a manifest does not.
struct TreeBuilder {
  private(set) var root: YAMLNode?
  private(set) var diagnostics = Diagnostics()

  private let file: String
  private let limits: YAML.Limits
  private var open: [Collection] = []
  private var anchors = Anchors()
  private var documents = 0
  private var last = Position(line: 1, column: 1)

  /// A sequence or mapping whose end has not come yet.
  private struct Collection {
    var isMapping: Bool
    var isFlow: Bool
    var anchor: String?
    var start: Position
    var stop: Position
    var weight = 1
    var elements: [YAMLNode] = []
    var entries: [YAMLNode.Entry] = []
    var pendingKey: YAMLNode?
    var keys: [String: Position] = [:]
  }

  init(file: String, limits: YAML.Limits) {
    self.file = file
    self.limits = limits
  }

  /// Reads all of it; what is wrong ends up in `diagnostics`.
  mutating func build(from bytes: [UInt8]) {
    guard let parser = EventParser(bytes) else {
      return complain("the YAML parser cannot start: out of memory", at: last)
    }
    while diagnostics.errorCount < limits.errors, let event = parser.next() {
      guard take(event) else { return }
    }
    for error in parser.syntaxErrors() {
      let end = SourceText(file: file, bytes: bytes).end
      let isInside = error.position.line <= end.line
      complain(
        error.message, at: isInside ? error.position : Position(line: end.line, column: end.column),
        hint: unclosed)
    }
    if root == nil, !diagnostics.hasErrors {
      complain("the file is empty", at: Position(line: 1, column: 1))
    }
  }

  /// A missing bracket is only noticed far below the place that needs mending.
  private var unclosed: String? {
    guard let inner = open.last, inner.isFlow else { return nil }
    let what = inner.isMapping ? "{ … }" : "[ … ]"
    return "inside the \(what) that opens in line \(inner.start.line)"
  }

  /// False when going on makes no sense.
  private mutating func take(_ event: Event) -> Bool {
    let start = event.start ?? last
    let stop = event.stop ?? start
    if let tag = event.tag {
      complain("tags are not supported", at: tag, hint: "types come from the schema")
    }
    switch event.kind {
    case .documentStart(let hasForeignDirectives):
      if hasForeignDirectives {
        complain("no directive other than %YAML 1.2 is supported", at: Position(line: 1, column: 1))
        return false
      }
      return startDocument(at: start)
    case .scalar(let text, let style):
      last = stop
      let node = YAMLNode(.scalar(text, style: style), file: file, start: start, stop: stop)
      if let anchor = event.anchor { anchors.define(anchor, as: node, weight: 1) }
      add(node, weight: 1)
    case .alias(let name):
      last = stop
      return addAlias(name, start: start, stop: stop)
    case .sequenceStart, .mappingStart:
      last = start
      return openCollection(event, at: start)
    case .sequenceEnd, .mappingEnd:
      closeCollection(at: event.stop)
    case .other: break
    }
    return true
  }

  private mutating func startDocument(at start: Position) -> Bool {
    documents += 1
    guard documents > 1 else { return true }
    complain("a second document begins here", at: start, hint: "one file holds one document")
    return false
  }

  private mutating func openCollection(_ event: Event, at start: Position) -> Bool {
    guard open.count < limits.depth else {
      complain("nested more than \(limits.depth) levels deep", at: start)
      return false
    }
    if let anchor = event.anchor { anchors.begin(anchor) }
    var isMapping = false
    if case .mappingStart = event.kind { isMapping = true }
    open.append(
      Collection(
        isMapping: isMapping, isFlow: event.isFlow, anchor: event.anchor, start: start, stop: start)
    )
    return true
  }

  private mutating func closeCollection(at end: Position?) {
    guard let done = open.popLast() else { return }
    // The end of a block is only noticed at whatever follows: its last member ends it.
    var stop = done.stop
    if let end, end.line == last.line || (end.line, end.column) < (last.line, last.column) {
      stop = (end.line, end.column) > (stop.line, stop.column) ? end : stop
    }
    let content: YAMLNode.Content =
      done.isMapping ? .mapping(done.entries) : .sequence(done.elements)
    let node = YAMLNode(content, file: file, start: done.start, stop: stop)
    if let anchor = done.anchor { anchors.define(anchor, as: node, weight: done.weight) }
    add(node, weight: done.weight)
  }

  private mutating func addAlias(_ name: String, start: Position, stop: Position) -> Bool {
    switch anchors.expand(name, limit: limits.aliasedNodes) {
    case .failure(let failure):
      complain(failure.message, at: start, hint: failure.hint)
      return failure.isHarmless
    case .success(let target):
      var node = target.node
      (node.start, node.stop) = (start, stop)
      add(node, weight: target.weight)
      return true
    }
  }

  private mutating func add(_ node: YAMLNode, weight: Int) {
    guard let top = open.indices.last else {
      root = node
      return
    }
    open[top].weight += weight
    open[top].stop = node.stop
    guard open[top].isMapping else {
      open[top].elements.append(node)
      return
    }
    if let key = open[top].pendingKey.take() {
      open[top].entries.append(YAMLNode.Entry(key: key, value: node))
    } else {
      checkKey(node, in: top)
      open[top].pendingKey = node
    }
  }

  private mutating func checkKey(_ node: YAMLNode, in top: Int) {
    guard let name = node.text else {
      return complain("a key must be text and not \(node.kindName)", at: node.start)
    }
    if let first = open[top].keys[name] {
      diagnostics.append(
        node.error(
          "key `\(name)` appears twice", hint: "it is also in line \(first.line)"))
    } else {
      open[top].keys[name] = node.start
    }
  }

  private mutating func complain(_ message: String, at place: Position, hint: String? = nil) {
    diagnostics.append(.error(message, at: place.location(in: file), hint: hint))
  }
}
