internal import CFyaml

/// One step of libfyaml's walk through a text.
struct Event {
  enum Kind {
    case documentStart(hasForeignDirectives: Bool)
    case scalar(String, style: YAMLNode.Style)
    case alias(String)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    case other
  }

  var kind: Kind
  var anchor: String?
  /// Where its tag stands, if it has one.
  var tag: Position?
  /// Whether it opens a collection in brackets or braces.
  var isFlow = false
  var start: Position?
  var stop: Position?
}

extension Event {
  /// Marks leave out quotation marks and the asterisk; a reader looks for them.
  fileprivate mutating func includeDelimiters() {
    switch kind {
    case .scalar(_, style: .quoted):
      start?.column -= 1
      stop?.column += 1
    case .alias: start?.column -= 1
    default: break
    }
  }
}

/// What libfyaml says is wrong.
struct SyntaxError {
  var message: String
  var position: Position
}

/// The owner of a libfyaml parser, its input and its collector of errors.
@safe struct EventParser: ~Copyable {
  private let parser: OpaquePointer
  private let collector: OpaquePointer
  private let input: UnsafeMutableBufferPointer<CChar>

  /// Nil only where memory has run out.
  init?(_ bytes: [UInt8]) {
    var quiet = unsafe fy_diag_cfg()
    unsafe fy_diag_cfg_default(&quiet)
    unsafe quiet.fp = nil
    unsafe quiet.output_fn = { _, _, _, _ in }
    guard let collector = unsafe fy_diag_create(&quiet) else { return nil }
    unsafe fy_diag_set_collect_errors(collector, true)
    var settings = unsafe fy_parse_cfg()
    unsafe settings.flags = fy_parse_cfg_flags(
      rawValue: FYPCF_QUIET.rawValue | FYPCF_JSON_NONE.rawValue
        | FYPCF_DEFAULT_VERSION_1_2.rawValue)
    unsafe settings.diag = collector
    guard let parser = unsafe fy_parser_create(&settings) else {
      unsafe fy_diag_destroy(collector)
      return nil
    }
    // libfyaml looks a character ahead here and there: a final zero keeps it inside.
    let input = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count + 1)
    for index in bytes.indices { unsafe input[index] = CChar(bitPattern: bytes[index]) }
    unsafe input[bytes.count] = 0
    guard unsafe fy_parser_set_string(parser, input.baseAddress, bytes.count) == 0 else {
      unsafe fy_parser_destroy(parser)
      unsafe fy_diag_destroy(collector)
      unsafe input.deallocate()
      return nil
    }
    unsafe self.parser = parser
    unsafe self.collector = collector
    unsafe self.input = input
  }

  deinit {
    unsafe fy_parser_destroy(parser)
    unsafe fy_diag_destroy(collector)
    unsafe input.deallocate()
  }

  /// The next event, or nil at the end and after an error.
  func next() -> Event? {
    guard let event = unsafe fy_parser_parse(parser) else { return nil }
    defer { unsafe fy_parser_event_free(parser, event) }
    var result = Event(kind: unsafe kind(of: event))
    result.anchor = unsafe fy_event_get_anchor_token(event).map { unsafe text(of: $0) }
    if let tag = unsafe fy_event_get_tag_token(event) {
      result.tag = unsafe position(fy_token_start_mark(tag))
    }
    result.isFlow = unsafe fy_event_get_node_style(event) == FYNS_FLOW
    result.start = unsafe position(fy_event_start_mark(event))
    result.stop = unsafe position(fy_event_end_mark(event))
    result.includeDelimiters()
    return result
  }

  /// What has been found wrong so far.
  func syntaxErrors() -> [SyntaxError] {
    var found: [SyntaxError] = []
    var cursor: UnsafeMutableRawPointer?
    while let error = unsafe fy_diag_errors_iterate(collector, &cursor) {
      let message = unsafe error.pointee.msg.map { unsafe String(cString: $0) } ?? "malformed YAML"
      // Unlike marks, errors count from 1; "unknown" is -1.
      let line = max(1, Int(unsafe error.pointee.line))
      let column = max(1, Int(unsafe error.pointee.column))
      found.append(
        SyntaxError(message: message, position: Position(line: line, column: column)))
    }
    return found
  }

  private func kind(of event: UnsafeMutablePointer<fy_event>) -> Event.Kind {
    switch unsafe event.pointee.type {
    case FYET_DOCUMENT_START:
      .documentStart(hasForeignDirectives: unsafe hasForeignDirectives(event))
    case FYET_SEQUENCE_START: .sequenceStart
    case FYET_SEQUENCE_END: .sequenceEnd
    case FYET_MAPPING_START: .mappingStart
    case FYET_MAPPING_END: .mappingEnd
    case FYET_ALIAS: .alias(unsafe fy_event_get_token(event).map { unsafe text(of: $0) } ?? "")
    case FYET_SCALAR: unsafe scalar(fy_event_get_token(event))
    default: .other
    }
  }

  /// `%YAML 1.1` would change what ends a line, `%TAG` has nothing to name.
  private func hasForeignDirectives(_ event: UnsafeMutablePointer<fy_event>) -> Bool {
    guard let state = unsafe event.pointee.document_start.document_state else { return false }
    guard let version = unsafe fy_document_state_version(state)?.pointee else { return false }
    let definesTags = unsafe fy_document_state_tags_explicit(state)
    return version.major != 1 || version.minor != 2 || definesTags
  }

  private func scalar(_ token: OpaquePointer?) -> Event.Kind {
    guard let token = unsafe token else { return .scalar("", style: .plain) }
    let style: YAMLNode.Style =
      switch unsafe fy_token_scalar_style(token) {
      case FYSS_SINGLE_QUOTED, FYSS_DOUBLE_QUOTED: .quoted
      case FYSS_LITERAL, FYSS_FOLDED: .block
      default: .plain
      }
    return .scalar(unsafe text(of: token), style: style)
  }

  private func text(of token: OpaquePointer) -> String {
    var length = 0
    guard let start = unsafe fy_token_get_text(token, &length) else { return "" }
    return unsafe start.withMemoryRebound(to: UInt8.self, capacity: length) {
      unsafe String(decoding: UnsafeBufferPointer(start: $0, count: length), as: UTF8.self)
    }
  }

  private func position(_ mark: UnsafePointer<fy_mark>?) -> Position? {
    guard let mark = unsafe mark?.pointee else { return nil }
    return Position(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
