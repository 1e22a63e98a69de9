import Testing
import Values

@Suite struct JSONTests {
  static let texts: [(json: String, value: Value)] = [
    ("null", .null), (" true ", .boolean(true)), ("-12", .integer(-12)),
    ("1.0", .number(1)), ("1e3", .number(1000)), ("-2.5E-1", .number(-0.25)),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(0x1p63)),
    (#""\u00e9\n\/\ud83d\ude00""#, .text("é\n/😀")),
    ("[]", .list([])), ("[1,[2 , {}]]", .list([.integer(1), .list([.integer(2), .record([:])])])),
    (#"{"b":1,"a":[true]}"#, .record(["a": .list([.boolean(true)]), "b": .integer(1)])),
  ]

  @Test(arguments: texts) func reads(_ text: (json: String, value: Value)) throws {
    #expect(try Value(json: text.json) == text.value)
  }

  static let mistakes: [(json: String, message: String)] = [
    ("", "not valid JSON: unexpected end at byte 0"),
    ("[1,", "not valid JSON: unexpected end at byte 3"),
    ("{\"a\" 1}", "not valid JSON: expected ':' at byte 5"),
    ("{a: 1}", "not valid JSON: expected a name in quotes at byte 1"),
    ("01", "not valid JSON: not a number at byte 0"),
    ("1.", "not valid JSON: not a number at byte 0"),
    (".5", "not valid JSON: not a number at byte 0"),
    ("1.e5", "not valid JSON: not a number at byte 0"),
    ("+1", "not valid JSON: not a number at byte 0"),
    ("1e", "not valid JSON: not a number at byte 0"),
    ("1e999", "not valid JSON: not a number at byte 0"),
    ("nan", "not valid JSON: unknown word at byte 0"),
    ("tru", "not valid JSON: unknown word at byte 0"),
    ("1 2", "not valid JSON: text after the end at byte 2"),
    ("\"a", "not valid JSON: text without closing quote at byte 2"),
    ("\"\\x\"", "not valid JSON: unknown escape at byte 3"),
    ("\"\\u+123\"", "not valid JSON: expected four hexadecimal digits at byte 3"),
    ("\"\\ud800\"", "not valid JSON: half a surrogate pair at byte 7"),
    ("\"\\ud800\\u0041\"", "not valid JSON: half a surrogate pair at byte 13"),
    ("\"\n\"", "not valid JSON: control character in text at byte 2"),
  ]

  @Test(arguments: mistakes) func refuses(_ mistake: (json: String, message: String)) {
    let error = #expect(throws: JSONError.self) { try Value(json: mistake.json) }
    #expect(error?.description == mistake.message)
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try Value(json: deep) }
  }

  @Test func textThatIsNotUTF8IsRefused() {
    #expect(throws: JSONError.self) { try Value(json: [0x22, 0xff, 0x22]) }
  }

  @Test func writesOnOneLineAndIndented() {
    let value: Value = .record(["x": .list([.integer(1), .number(2)]), "s": "a\"\u{1}\\"])
    #expect(value.json() == #"{"s":"a\"\u0001\\","x":[1,2.0]}"#)
    #expect(
      value.json(indented: true) == """
        {
          "s": "a\\"\\u0001\\\\",
          "x": [1, 2.0]
        }
        """)
  }

  /// What is written reads back as the same value, for random values of every type.
  @Test func roundTrip() throws {
    var source = Noise(seed: 1)
    for _ in 0..<2000 {
      let value = source.value(depth: 0)
      #expect(try Value(json: value.json()) == value)
      #expect(try Value(json: value.json(indented: true)) == value)
    }
  }

  /// Random bytes, and valid texts with random changes, give a value or an error but never a crash.
  @Test func fuzz() {
    var source = Noise(seed: 2)
    let alphabet = Array("{}[]\",:\\u0123456789abcdefDdtrueFALSEnul+-.eE \n\u{e9}".utf8)
    var valid = 0
    for round in 0..<40_000 {
      var text: [UInt8]
      if round % 2 == 0 {
        text = (0..<source.below(24)).map { _ in alphabet[source.below(alphabet.count)] }
      } else {
        text = Array(source.value(depth: 0).json().utf8)
        for _ in 0..<(1 + source.below(3)) where !text.isEmpty {
          let place = source.below(text.count)
          switch source.below(3) {
          case 0: text[place] = alphabet[source.below(alphabet.count)]
          case 1: text.remove(at: place)
          default: text.insert(UInt8(source.below(256)), at: place)
          }
        }
      }
      if let value = try? Value(json: text) {
        valid += 1
        #expect((try? Value(json: value.json())) == value)
      }
    }
    #expect(valid > 1000)
  }
}

/// SplitMix64: enough for test inputs.
struct Noise {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func word() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { bound == 0 ? 0 : Int(word() % UInt64(bound)) }

  mutating func value(depth: Int) -> Value {
    switch below(depth > 3 ? 5 : 7) {
    case 0: return .null
    case 1: return .boolean(below(2) == 0)
    case 2: return .integer(Int(bitPattern: UInt(word())) >> below(64))
    case 3:
      let number = Double(bitPattern: word())
      return .number(number.isFinite ? number : 0.1)
    case 4: return .text(text())
    case 5: return .list((0..<below(4)).map { _ in value(depth: depth + 1) })
    default: return .record(Record((0..<below(4)).map { _ in (text(), value(depth: depth + 1)) }))
    }
  }

  mutating func text() -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "\"", "\\", "\n", "\u{0}", "é", "😀", "\u{2028}", "/", "\u{301}",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<below(6) { text.append(scalars[below(scalars.count)]) }
    return String(text)
  }
}
