import DoubleExchange
import Lattice
import MonteCarlo
import Testing

@Suite("Workers carry nothing from one field to the next")
struct WorkerTests {
  @Test(
    "any order of calls gives the same bits",
    arguments: [LogWeightRoute.levels, .determinants, .automatic])
  func independence(route: LogWeightRoute) throws {
    let system = try system([5, 4], mu: 0.1)
    let (a, b) = (randomField(system, seed: 121), randomField(system, seed: 122))
    let worker = DoubleExchangeWeight(system, route: route)
    let first = worker.logWeight(a)
    var gradient: [Double] = []
    _ = worker.force(b, into: &gradient)
    _ = worker.levels(of: b)
    _ = worker.logWeight(b)
    #expect(worker.logWeight(a) == first)
    #expect(DoubleExchangeWeight(system, route: route).logWeight(a) == first)
  }

  @Test("all ways to ln W agree", arguments: [[4, 4], [3, 2], [1, 6]])
  func agreement(extents: [Int]) throws {
    let system = try system(extents, coupling: 2)
    let field = randomField(system, seed: 123)
    let worker = DoubleExchangeWeight(system)
    var (gradient, values) = ([Double](), [Double]())
    let expected = worker.logWeight(field)
    #expect(abs(worker.force(field, into: &gradient) - expected) < 1e-9)
    let measured = system.makeMeasurement().measure(field, into: &values)
    #expect(abs(try #require(measured) - expected) < 1e-9)
    #expect(gradient.count == 3 * system.lattice.sites)
    let levels = worker.levels(of: field)
    #expect(levels == levels.sorted() && levels.count == system.states)
    #expect(levels.allSatisfy { abs($0) <= system.bandEdge * (1 + 1e-12) })
  }

  @Test("buffers of any size are put right")
  func buffers() throws {
    let system = try system([2, 2])
    let worker = DoubleExchangeWeight(system)
    var gradient = [Double](repeating: 5, count: 100)
    _ = worker.force(randomField(system, seed: 124), into: &gradient)
    #expect(gradient.count == 12)
    var values = [Double](repeating: 5, count: 3)
    _ = system.makeMeasurement().measure(randomField(system, seed: 124), into: &values)
    #expect(values.count == system.observables.count)
  }

  @Test(
    "names of observables are unique and described, on any lattice",
    arguments: [[7], [4, 6], [2, 2, 2]])
  func names(extents: [Int]) throws {
    let system = try system(extents)
    let names = system.observables.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(system.observables.allSatisfy { !$0.summary.isEmpty && !$0.unit.isEmpty })
    #expect(names.allSatisfy { $0.first?.isLowercase == true })
  }
}

@Suite("Streams decide a chain")
struct StreamTests {
  private func rows(_ method: ExactMethod, seed: UInt64, temperature: Double = 0.1) throws
    -> [Double]
  {
    let system = try system([2, 2], temperature: temperature)
    let settings = ExactChainSettings(
      method: method, thermalisation: 5, temperatures: method == .replicaExchange ? [0.3] : [])
    let chain = try RecordingChain(system, settings: settings, random: stream(seed))
    var rows: [Double] = []
    for _ in 0..<4 { chain.advance(into: &rows) }
    return rows
  }

  @Test("the same stream the same rows, another stream others", arguments: ExactMethod.allCases)
  func streams(method: ExactMethod) throws {
    #expect(try rows(method, seed: 131) == rows(method, seed: 131))
    #expect(try rows(method, seed: 131) != rows(method, seed: 132))
  }

  @Test("a state saved with other parameters is refused when its sweeps lead elsewhere")
  func otherParameters() throws {
    let settings = ExactChainSettings(thermalisation: 0)
    let cold = try RecordingChain(
      try system([4, 4], temperature: 0.05), settings: settings, random: stream(133))
    var rows: [Double] = []
    for _ in 0..<10 { cold.advance(into: &rows) }
    let hot = try RecordingChain(
      try system([4, 4], temperature: 0.5), settings: settings, random: stream(133))
    #expect(throws: FieldError.self) { try hot.restore(cold.state) }
  }
}
