import FileSystem
import Testing

/// What a terminal shows while something runs, in a pseudo-terminal of the system's `script`.
@Suite struct LiveDisplayTests {
  static let manifest = """
    slmc: 1
    experiment: e
    stages:
      exact: {kind: exact-samples}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: [2, 2], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.5}
      exact: {samples: 300, replicas: 2, thermalisation: 5}
    sweep: {product: {system.temperature: [0.3, 0.5]}}

    """

  /// Lines as the screen gets them, without colours and movements.
  private func shown(_ verb: String, columns: Int, _ desk: Desk) throws -> [String] {
    let answer = try desk.system(
      "script", "-qec", "stty cols \(columns) rows 24; slmc \(verb) e.yaml", "/dev/null",
      environment: ["PATH": Desk.searchPath, "TERM": "xterm"])
    try #require(answer.code == 0, "\(answer.output)\(answer.errors)")
    return answer.output.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "")
      .split(whereSeparator: \.isNewline).map(String.init)
  }

  /// A line that wraps is two on the screen, and the next repaint would leave one of them behind.
  @Test(arguments: [40, 60, 80, 120]) func noRowIsWiderThanTheScreen(columns: Int) throws {
    let desk = try Desk()
    try desk.write(Self.manifest, to: "e.yaml")
    for verb in ["run", "watch"] {
      let rows = try shown(verb, columns: columns, desk)
        .filter { $0.contains("█") || $0.contains("░") }
      #expect(!rows.isEmpty, "\(verb)")
      for row in rows { #expect(row.count <= columns, "\(verb): \(row)") }
      // Bars begin and end below each other.
      let ends = rows.suffix(2).compactMap { row in
        row.lastIndex { $0 == "█" || $0 == "░" }.map { row.distance(from: row.startIndex, to: $0) }
      }
      #expect(Set(ends).count == 1, "\(verb): \(rows.suffix(2))")
    }
  }
}
