import Statistics
import Testing

@Suite struct SeriesErrorTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let replicas: [[Double]]
    let error: SeriesError
    var testDescription: String { name }
  }

  static let fine = (0..<16).map { Double($0 * $0 % 7) }
  static let rows = [
    Row(name: "nothing", replicas: [], error: .empty),
    Row(
      name: "one sample", replicas: [[1]], error: .tooShort(replica: 0, length: 1, needed: 8)),
    Row(
      name: "a short replica", replicas: [fine, [1, 2]],
      error: .tooShort(replica: 1, length: 2, needed: 8)),
    Row(
      name: "NaN", replicas: [fine, fine + [.nan]], error: .notFinite(replica: 1, index: 16)),
    Row(
      name: "infinity", replicas: [[-.infinity] + fine],
      error: .notFinite(replica: 0, index: 0)),
    Row(
      name: "constant", replicas: [[Double](repeating: 0.1, count: 20)],
      error: .constant(value: 0.1)),
    Row(
      name: "overflow", replicas: [fine + [1.7e308, -1.7e308]], error: .spreadOverflows),
  ]

  @Test(arguments: rows) func saysWhatIsWrong(row: Row) {
    #expect(throws: row.error) { try AutocorrelationAnalysis(replicas: row.replicas) }
  }

  @Test func refusesSenselessWindows() {
    for window in [SummationWindow.fixed(-1), .automatic(stretch: 0), .automatic(stretch: .nan)] {
      #expect(throws: SeriesError.self) {
        try AutocorrelationAnalysis(replicas: [Self.fine], window: window)
      }
    }
  }

  @Test func textsNameThePlace() {
    #expect(
      SeriesError.tooShort(replica: 0, length: 1, needed: 8).description
        == "replica 0 has 1 sample, at least 8 are needed")
    #expect(
      SeriesError.notFinite(replica: 2, index: 7).description
        == "sample 7 of replica 2 is not a finite number")
  }
}
