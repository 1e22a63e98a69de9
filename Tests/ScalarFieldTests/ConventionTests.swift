import Foundation
import MonteCarlo
import Randomness
import ScalarField
import Statistics
import Testing

/// Actions in four conventions and free fields against an independent computation
/// (Tests/Fixtures/scalar-field.json).
@Suite struct ConventionTests {
  struct Fixture: Decodable {
    struct Case: Decodable {
      struct Row: Decodable {
        let convention: String
        let parameters: [String: Double]
        let action: Double
        let gradient: [Double]
      }
      let lattice: [Int]
      let field: [Double]
      let values: [Row]
    }
    struct Free: Decodable {
      let lattice: [Int]
      let m2: Double
      let phi2: Double
      let correlator: [Double]?
    }
    let actions: [Case]
    let freeField: [Free]
  }

  static let fixture: Fixture = {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Fixtures/scalar-field.json")
    guard let data = try? Data(contentsOf: path),
      let fixture = try? JSONDecoder().decode(Fixture.self, from: data)
    else { preconditionFailure("Tests/Fixtures/scalar-field.json is not what it was") }
    return fixture
  }()

  private func system(_ lattice: [Int], _ row: Fixture.Case.Row) throws -> ScalarFieldSystem {
    let convention = try #require(ScalarCouplings.Convention(rawValue: row.convention))
    return try ScalarFieldSystem(
      extents: lattice, convention: convention, massSquared: row.parameters["m2"] ?? 0,
      lambda: row.parameters["lambda"] ?? 0, kappa: row.parameters["kappa"] ?? 1)
  }

  @Test func actionsAndForces() throws {
    #expect(Self.fixture.actions.count == 3)
    for example in Self.fixture.actions {
      for row in example.values {
        let system = try system(example.lattice, row)
        let field = try system.shape.field(example.field)
        var gradient: [Double] = []
        let logWeight = system.makeAction().force(field, into: &gradient)
        #expect(abs(logWeight + row.action) < 1e-9 * abs(row.action), "\(row.convention)")
        for (mine, theirs) in zip(gradient, row.gradient) { #expect(abs(mine + theirs) < 1e-9) }
      }
    }
  }

  /// The same theory in another convention: equal action, up to a constant, of the field scaled.
  @Test(arguments: ScalarCouplings.Convention.allCases)
  func equivalentsAreTheSameTheory(_ target: ScalarCouplings.Convention) throws {
    for example in Self.fixture.actions {
      for row in example.values {
        let system = try system(example.lattice, row)
        let same = try #require(system.couplings.equivalent(in: target))
        let other = try ScalarFieldSystem(
          extents: example.lattice, convention: target, massSquared: same.massSquared ?? 0,
          lambda: same.lambda, kappa: same.kappa ?? 1)
        let field = try system.shape.field(example.field)
        let scaled = try system.shape.field(example.field.map { $0 * same.scale })
        let (zero, none) = (system.shape.zero, other.shape.zero)
        let here = system.makeAction().logWeight(field) - system.makeAction().logWeight(zero)
        let there = other.makeAction().logWeight(scaled) - other.makeAction().logWeight(none)
        #expect(abs(here - there) < 1e-9 * (1 + abs(here)), "\(row.convention) to \(target)")
      }
    }
  }

  /// Metropolis and hybrid Monte Carlo on the free field: <phi^2> and the zero-momentum correlator. Five
  /// standard errors each, 2 x 6 numbers: a false alarm in 2e5 runs.
  @Test(arguments: [false, true]) func freeField(hybrid: Bool) throws {
    let free = try #require(Self.fixture.freeField.first { $0.lattice == [8, 8] })
    let system = try ScalarFieldSystem(
      extents: free.lattice, convention: .plain, massSquared: free.m2, lambda: 0)
    var random = RandomStream(key: 21, nonce: hybrid ? 1 : 0)
    let start = system.randomField(using: &random)
    let updater: any Updater =
      hybrid
      ? HybridUpdater(system, steps: 5, start: start, random: random)
      : MetropolisUpdater(
        ScalarFieldAction(system), width: system.stepWidth, start: start, random: random)
    for sweep in 0..<300 {
      _ = updater.sweep()
      if sweep % 10 == 9 { updater.tune() }
    }
    updater.freeze()
    let correlator = ScalarCorrelator(system, axis: 0)
    var (squares, correlations) = ([Double](), [[Double]](repeating: [], count: 5))
    for _ in 0..<4000 {
      for _ in 0..<2 { _ = updater.sweep() }
      var values: [Double] = []
      _ = correlator.measure(updater.field, into: &values)
      for (distance, value) in values.enumerated() { correlations[distance].append(value) }
      squares.append(updater.field.values.reduce(0) { $0 + $1 * $1 } / 64)
    }
    let square = try AutocorrelationAnalysis(replicas: [squares])
    #expect(square.error < 0.01 * free.phi2)
    #expect(abs(square.mean - free.phi2) < 5 * square.error)
    for (distance, exact) in try #require(free.correlator).prefix(5).enumerated() {
      let mean = try AutocorrelationAnalysis(replicas: [correlations[distance]])
      #expect(abs(mean.mean - exact) < 5 * mean.error, "distance \(distance)")
    }
  }
}
