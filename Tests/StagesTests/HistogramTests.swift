import Stages
import Testing

@Suite struct HistogramTests {
  /// Rows 0, 1, …, 7 again and again: every one of four bins holds a quarter.
  @Test func sharesAndEdges() throws {
    let series = [(0..<64).map { Double($0 % 8) }, (0..<64).map { Double(7 - $0 % 8) }]
    let histogram = try Histogram(of: series, bins: 4, range: [-0.5, 7.5])
    #expect(histogram.edges == [-0.5, 1.5, 3.5, 5.5, 7.5])
    #expect(histogram.densities.allSatisfy { abs($0 - 0.125) < 1e-12 })
    #expect(abs(histogram.outside) < 1e-12)
  }

  @Test func valuesOutsideAreCountedAndNotLost() throws {
    let series = [(0..<64).map { Double($0 % 8) }]
    let histogram = try Histogram(of: series, bins: 2, range: [0, 2])
    // 0 and 1 are in the bins, 2 is the upper end and belongs to the last.
    #expect(abs(histogram.outside - 5.0 / 8) < 1e-12)
    #expect(histogram.peak == 1.5)
  }

  /// A number that never changes fills one bin without error, an empty bin has none either.
  @Test func constantSeries() throws {
    let histogram = try Histogram(of: [[Double](repeating: 3, count: 32)], bins: 2, range: [])
    #expect(histogram.densities.max() == 2 && histogram.densities.min() == 0)
    #expect(histogram.errors == [0, 0])
    #expect(abs(histogram.outside) < 1e-12)
  }
}
