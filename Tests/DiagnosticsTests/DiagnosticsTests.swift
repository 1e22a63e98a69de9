import Diagnostics
import Testing

import struct Diagnostics.SourceLocation

@Suite struct DiagnosticsTests {
  func place(_ file: String, _ line: Int, _ column: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column)
  }

  @Test func sourceOrderWithoutRepetition() {
    var all = Diagnostics()
    all.append(.error("d", at: place("b", 1, 1)))
    all.append(.error("c", at: place("a", 10, 1)))
    all.append(.error("b", at: place("a", 9, 4)))
    all.append(.error("general"))
    all.append(.error("c", at: place("a", 10, 1)))
    all.append(.error("a", at: place("a", 9, 4)))
    #expect(all.inSourceOrder.map(\.message) == ["general", "b", "a", "c", "d"])
    #expect(all.errorCount == 6)
  }

  @Test func onlyErrorsStopTheWork() throws {
    var all = Diagnostics()
    try all.throwIfErrors()
    all.append(.warning("careful"))
    #expect(!all.hasErrors)
    try all.throwIfErrors()
    all.append(contentsOf: Diagnostics(error: "stop", hint: "mend it"))
    #expect(throws: all) { try all.throwIfErrors() }
  }

  @Test func quotingFillsInTheLinesOfItsOwnFile() {
    let source = SourceText(file: "a", text: "first\nsecond")
    let all = Diagnostics([
      .error("x", at: place("a", 2, 1)), .error("y", at: place("b", 2, 1)), .error("z"),
    ]).quoting(source)
    #expect(all.found.map(\.sourceLine) == ["second", nil, nil])
  }

  @Test func exitCodesAreTheContract() {
    let codes = ExitCode.allCases.map(\.rawValue)
    #expect(codes == [0, 1, 2, 3, 4, 5, 6, 130, 143])
    #expect(ExitCode.gateFailed.rawValue == 4)
    #expect(ExitCode.store.rawValue == 6)
  }
}
