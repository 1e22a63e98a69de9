import AwkwardSeries
import Glibc
import Randomness
import Statistics
import Testing

/// What the verdict makes of many series of each kind: the table of docs/statistics.md.
@Suite struct VerdictTableTests {
  private struct Row {
    /// By the rule that knew length, window and R-hat of 1.05 alone.
    var convergedBefore = 0.0
    var converged = 0.0
    /// One-sigma intervals of the Gamma method that hold the mean, and of the reported error.
    var coveredBefore = 0.0
    var covered = 0.0
    /// Root mean square of mean / error, before and after.
    var pullBefore = 0.0
    var pull = 0.0
    /// Mean tau of the Gamma method, and as reported.
    var tauBefore = 0.0
    var tau = 0.0
  }

  private func row(_ kind: AwkwardSeries, length: Int, runs: Int) throws -> Row {
    var row = Row()
    let weight = 1 / Double(runs)
    for run in 0..<runs {
      let replicas = kind.sample(length: length, key: 7, nonce: UInt64(run))
      let all = try SeriesAssessment(replicas: replicas)
      let analysis = all.analysis
      let before =
        analysis.windowFound && Double(length) >= 50 * analysis.tau && (all.rHat ?? 2) <= 1.05
      let (old, new) = (analysis.mean / analysis.error, all.mean / all.error)
      row.convergedBefore += before ? weight : 0
      row.converged += ConvergenceVerdict(all).isConverged ? weight : 0
      row.coveredBefore += abs(old) < 1 ? weight : 0
      row.covered += abs(new) < 1 ? weight : 0
      row.pullBefore += weight * old * old
      row.pull += weight * new * new
      row.tauBefore += weight * analysis.tau
      row.tau += weight * all.tau
    }
    row.pullBefore = row.pullBefore.squareRoot()
    row.pull = row.pull.squareRoot()
    return row
  }

  /// Prints the table; SLMC_FULL_COVERAGE=1 runs 500 series of each kind rather than 60.
  @Test func table() throws {
    let isFull = unsafe getenv("SLMC_FULL_COVERAGE") != nil
    for kind in AwkwardSeries.allCases {
      for length in isFull ? [1000, 4000] : [4000] {
        let row = try row(kind, length: length, runs: isFull ? 500 : 60)
        let numbers = [
          row.convergedBefore, row.converged, row.coveredBefore, row.covered, row.pullBefore,
          row.pull, row.tauBefore, row.tau,
        ].map { "\(($0 * 1000).rounded() / 1000)" }
        print("| \(kind) | \(length) | \(numbers.joined(separator: " | ")) |")
        guard length == 4000 else { continue }
        // Fixed seeds: of 60 sound series at most one may be doubted; trouble of this size is seen.
        if kind.doubt == nil {
          #expect(row.converged > 0.97, "\(kind)")
        } else {
          #expect(row.converged < 0.1, "\(kind)")
        }
      }
    }
  }
}
