internal import CFyaml
public import Diagnostics

/// Reads YAML 1.2 through libfyaml into a located tree.
public enum YAML {
  /// Deeper nesting than any manifest has; it bounds the recursion of everything that reads a tree.
  static let deepest = 64
  /// How many nodes aliases may add before the document is taken for an attack.
  static let mostAliasedNodes = 100_000

  /// Parses one document; throws every mistake the parser can name.
  public static func parse(text: String, file: String) throws(Diagnostics) -> YAMLNode {
    try parse(bytes: Array(text.utf8), file: file)
  }

  public static func parse(bytes: [UInt8], file: String) throws(Diagnostics) -> YAMLNode {
    let source = SourceText(file: file, bytes: bytes)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Diagnostics([source.error("not UTF-8 text", line: lineOfBadByte(bytes), column: 1)])
    }
    if let zero = bytes.firstIndex(of: 0) {
      let line = bytes[..<zero].count { $0 == 10 } + 1
      throw Diagnostics([source.error("a NUL byte in the text", line: line, column: 1)])
    }
    var builder = TreeBuilder(source: source)
    let root = builder.build(bytes)
    guard builder.problems.isEmpty, let root else {
      if builder.problems.isEmpty {
        builder.problems.append(source.error("the file is empty", line: 1, column: 1))
      }
      throw builder.problems
    }
    return root
  }

  private static func lineOfBadByte(_ bytes: [UInt8]) -> Int {
    var line = 1
    for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
      if String(validating: part, as: UTF8.self) == nil { return line }
      line += 1
    }
    return line
  }
}

/// Turns the parser's events into nodes, resolving aliases and refusing what manifests do not use.
private struct TreeBuilder {
  let source: SourceText
  var problems = Diagnostics()
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var aliased = 0

  init(source: SourceText) { self.source = source }

  /// An unfinished collection.
  private struct Frame {
    let location: SourceLocation
    let anchor: String?
    let isMapping: Bool
    var nodes: [YAMLNode] = []
    var size = 1
  }

  mutating func build(_ bytes: [UInt8]) -> YAMLNode? {
    var settings = unsafe fy_diag_cfg()
    unsafe fy_diag_cfg_default(&settings)
    let diagnostics = unsafe fy_diag_create(&settings)
    defer { unsafe fy_diag_destroy(diagnostics) }
    unsafe fy_diag_set_collect_errors(diagnostics, true)
    var configuration = unsafe fy_parse_cfg()
    unsafe configuration.flags = FYPCF_QUIET
    unsafe configuration.diag = diagnostics
    guard let parser = unsafe fy_parser_create(&configuration) else {
      problems.append(.error("cannot create a YAML parser"))
      return nil
    }
    defer { unsafe fy_parser_destroy(parser) }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
        guard unsafe fy_parser_set_string(parser, characters.baseAddress, characters.count) == 0
        else { return nil }
        let root = unsafe events(of: parser)
        unsafe collect(from: diagnostics)
        return root
      }
    }
  }

  private mutating func events(of parser: OpaquePointer) -> YAMLNode? {
    var frames: [Frame] = []
    var root: YAMLNode?
    var documents = 0
    while let event = unsafe fy_parser_parse(parser) {
      defer { unsafe fy_parser_event_free(parser, event) }
      let place = unsafe location(of: event)
      switch unsafe event.pointee.type {
      case FYET_DOCUMENT_START:
        documents += 1
        if documents > 1 { refuse("more than one document in a file", at: place) }
      case FYET_MAPPING_START, FYET_SEQUENCE_START:
        let isMapping = unsafe event.pointee.type == FYET_MAPPING_START
        unsafe refuseTag(of: event, at: place)
        frames.append(
          Frame(
            location: place, anchor: unsafe text(slmc_event_anchor(event)), isMapping: isMapping))
        if frames.count > YAML.deepest { refuse("nested too deeply", at: place) }
      case FYET_MAPPING_END, FYET_SEQUENCE_END:
        guard let frame = frames.popLast() else { return nil }
        let node = node(of: frame)
        if let anchor = frame.anchor { anchors[anchor] = (node, frame.size) }
        add(node, size: frame.size, to: &frames, root: &root)
      case FYET_SCALAR:
        unsafe refuseTag(of: event, at: place)
        let node = unsafe scalar(event, at: place)
        if let anchor = unsafe text(slmc_event_anchor(event)) { anchors[anchor] = (node, 1) }
        add(node, size: 1, to: &frames, root: &root)
      case FYET_ALIAS:
        let name = unsafe text(slmc_event_token(event)) ?? ""
        resolve(name, at: place, frames: &frames, root: &root)
      default: break
      }
      if !problems.isEmpty { return nil }
    }
    return frames.isEmpty ? root : nil
  }

  private func add(
    _ node: YAMLNode, size: Int, to frames: inout [Frame], root: inout YAMLNode?
  ) {
    guard !frames.isEmpty else {
      if root == nil { root = node }
      return
    }
    frames[frames.count - 1].nodes.append(node)
    frames[frames.count - 1].size += size
  }

  private mutating func resolve(
    _ name: String, at place: SourceLocation, frames: inout [Frame], root: inout YAMLNode?
  ) {
    guard let (node, size) = anchors[name] else {
      return refuse("there is no anchor `\(name)` above", at: place)
    }
    aliased += size
    guard aliased <= YAML.mostAliasedNodes else {
      return refuse("the aliases of this document expand to too many nodes", at: place)
    }
    add(node, size: size, to: &frames, root: &root)
  }

  private mutating func node(of frame: Frame) -> YAMLNode {
    guard frame.isMapping else { return YAMLNode(.sequence(frame.nodes), at: frame.location) }
    var entries: [YAMLNode.Entry] = []
    var seen: [String: SourceLocation] = [:]
    for pair in stride(from: 0, to: frame.nodes.count - 1, by: 2) {
      let key = frame.nodes[pair]
      guard let name = key.scalar?.text else {
        refuse("a key must be a word", at: key.location)
        continue
      }
      if let earlier = seen[name] {
        refuse("`\(name)` is given twice (first in line \(earlier.line))", at: key.location)
      }
      seen[name] = key.location
      entries.append(.init(key: key, value: frame.nodes[pair + 1]))
    }
    return .mapping(entries, at: frame.location)
  }

  private func scalar(_ event: UnsafeMutablePointer<fy_event>, at place: SourceLocation) -> YAMLNode {
    guard let token = unsafe slmc_event_token(event) else { return .scalar("", at: place) }
    let isPlain = unsafe fy_scalar_token_get_style(token) == FYSS_PLAIN
    return YAMLNode(
      .scalar(YAMLScalar(text: unsafe text(token) ?? "", isPlain: isPlain)), at: place)
  }

  private mutating func refuseTag(of event: UnsafeMutablePointer<fy_event>, at place: SourceLocation) {
    guard unsafe slmc_event_tag(event) != nil else { return }
    refuse("tags such as `!type` have no meaning here", at: place)
  }

  private mutating func refuse(_ message: String, at place: SourceLocation) {
    problems.append(
      source.error(message, line: place.line, column: place.column))
  }

  private func text(_ token: OpaquePointer?) -> String? {
    var length = 0
    guard let token = unsafe token, let start = unsafe fy_token_get_text(token, &length) else {
      return nil
    }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  private func location(of event: UnsafeMutablePointer<fy_event>) -> SourceLocation {
    var line: Int32 = 0
    var column: Int32 = 0
    _ = unsafe slmc_event_mark(event, &line, &column)
    return SourceLocation(file: source.file, line: Int(line) + 1, column: Int(column) + 1)
  }

  private mutating func collect(from diagnostics: OpaquePointer?) {
    var cursor: UnsafeMutableRawPointer?
    while let error = unsafe fy_diag_errors_iterate(diagnostics, &cursor) {
      let message = unsafe error.pointee.msg.map { unsafe String(cString: $0) } ?? "not valid YAML"
      problems.append(
        source.error(
          message, line: max(1, Int(unsafe error.pointee.line)),
          column: max(1, Int(unsafe error.pointee.column))))
    }
  }
}
