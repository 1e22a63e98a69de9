import DoubleExchange
import Foundation
import LinearAlgebra
import MonteCarlo
import Randomness

/// Cost of an exact single-spin proposal of the fast chain, at the acceptance of T = 0.05, against
/// one values-only diagonalisation, over lattice sizes: [EXTENT …] [--figure PATH.svg].
func benchExact(_ arguments: [String]) throws {
  let extents = arguments.compactMap { Int($0) }
  print("     N   diagonalise/ms   proposal/us   ratio   acceptance   poles   worst drift")
  var points: [(sites: Double, naive: Double, fast: Double)] = []
  for extent in extents.isEmpty ? [4, 6, 8, 10, 12, 16, 20] : extents {
    let row = try measureExact(extent)
    points.append((Double(extent * extent), row.diagonalisation, row.proposal))
    print(
      String(
        format: "%6d %14.4f %13.3f %9.1f %10.3f %7.0f %13.1e", extent * extent,
        row.diagonalisation * 1e3, row.proposal * 1e6, row.diagonalisation / row.proposal,
        row.acceptance, row.poles, row.drift))
  }
  if points.count > 2 {
    let naive = growth(points.map { ($0.sites, $0.naive) })
    let fast = growth(points.map { ($0.sites, $0.fast) })
    print(String(format: "growth with N: diagonalisation N^%.2f, proposal N^%.2f", naive, fast))
  }
  if let at = arguments.firstIndex(of: "--figure"), at + 1 < arguments.count {
    try drawScaling(points, to: arguments[at + 1])
  }
}

struct ExactRow {
  var diagonalisation, proposal, acceptance, poles, drift: Double
}

func measureExact(_ extent: Int) throws -> ExactRow {
  let system = try DoubleExchangeSystem(
    extents: [extent, extent], hopping: 1, coupling: 1, chemicalPotential: 0, temperature: 0.05)
  let chain = try RecordingChain(
    system,
    settings: ExactChainSettings(
      method: .fast, thermalisation: 0, recordsSpins: false),
    random: RandomStream(key: 1, nonce: 2))
  let updater = chain.updater
  for _ in 0..<(extent > 12 ? 12 : 30) { _ = updater.sweep() }
  let field = updater.field
  let weight = DoubleExchangeWeight(system, route: .levels)
  let repetitions =
    max(3, 40_000_000 / (system.states * system.states * system.states))
  // Whole numbers of refresh intervals (32 sweeps), so that every measurement pays for its share.
  let sweeps = 32 * max(1, 4000 / (extent * extent * extent))
  var accepted = 0.0
  var (naive, fast) = ([Double](), [Double]())
  for _ in 0..<3 {
    naive.append(seconds { for _ in 0..<repetitions { _ = weight.logWeight(field) } })
    fast.append(seconds { for _ in 0..<sweeps { accepted += updater.sweep() } })
  }
  return ExactRow(
    diagonalisation: naive.sorted()[1] / Double(repetitions),
    proposal: fast.sorted()[1] / Double(sweeps * extent * extent),
    acceptance: accepted / Double(3 * sweeps),
    poles: chain.facts.first { $0.name == "poles" }?.value ?? 0,
    drift: chain.facts.first { $0.name == "worstDrift" }?.value ?? 0)
}

/// Processor time of the calling thread, so that other work on the machine does not count.
func seconds(_ body: () -> Void) -> Double {
  let start = threadTime()
  body()
  return threadTime() - start
}

private func threadTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Slope of ln y against ln x by least squares, over the larger half of the points.
func growth(_ points: [(Double, Double)]) -> Double {
  let part = points.suffix(max(3, points.count / 2)).map { (log($0.0), log($0.1)) }
  let n = Double(part.count)
  let (mx, my) = (part.map(\.0).reduce(0, +) / n, part.map(\.1).reduce(0, +) / n)
  let xy = part.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
  return xy / part.reduce(0) { $0 + ($1.0 - mx) * ($1.0 - mx) }
}
