import CMatvec
import Foundation
import LinearAlgebra
import Randomness

/// A complex 12-vector times a 12 x 12 complex matrix, 10^4 times over (v <- M v), timed by blocks:
/// here, in C, and in Numba where Python has it. The matrix is unitary, so nothing overflows.
func benchMatvec(_ arguments: [String]) throws {
  let matrix = try unitary()
  var start = [Double](repeating: 0, count: 24)
  start[0] = 1
  let repetitions = 10_000
  var results: [(String, Double, Complex)] = []

  let swift = SplitProduct(matrix, start)
  var result = Complex(0)
  let swiftTime = medianBlock(repetitions) {
    swift.reset(start)
    swift.run(repetitions)
    result = swift.first
  }
  results.append(("Swift, SIMD4", swiftTime, result))

  let (real, imaginary) = parts(matrix.elements)
  var (x, y) = parts(start)
  let splitTime = medianBlock(repetitions) {
    (x, y) = parts(start)
    unsafe matvec_split(real, imaginary, &x, &y, repetitions)
  }
  results.append(("C, split parts", splitTime, Complex(x[0], y[0])))
  var vector = start
  let plainTime = medianBlock(repetitions) {
    vector = start
    unsafe matvec_plain(matrix.elements, &vector, repetitions)
  }
  results.append(("C, double complex", plainTime, Complex(vector[0], vector[1])))
  if let numba = numbaTime(matrix.elements + start) { results.append(numba) }

  for (name, time, value) in results {
    print(
      name.padding(toLength: 20, withPad: " ", startingAt: 0)
        + String(
          format: "%8.1f ns   %5.2f x Swift   difference %.0e", time, time / swiftTime,
          (value - results[0].2).squaredNorm.squareRoot()))
  }
}

/// Median over sixty blocks, nanoseconds a product.
private func medianBlock(_ repetitions: Int, _ body: () -> Void) -> Double {
  body()
  let times = (0..<60).map { _ in seconds(body) / Double(repetitions) * 1e9 }.sorted()
  return times[times.count / 2]
}

/// Eigenvectors of a random Hermitian matrix.
private func unitary() throws -> ComplexMatrix {
  var random = RandomStream(key: 12, nonce: 12)
  var matrix = ComplexMatrix(rows: 12, columns: 12)
  for i in 0..<12 {
    for j in 0...i {
      let (a, b) = random.normalPair()
      matrix[i, j] = Complex(a, i == j ? 0 : b)
      matrix[j, i] = matrix[i, j].conjugate
    }
  }
  let solver = HermitianEigensolver(order: 12)
  try solver.solve(matrix.elements)
  return ComplexMatrix(rows: 12, columns: 12, elements: solver.vectors)
}

private func parts(_ interleaved: [Double]) -> ([Double], [Double]) {
  (
    stride(from: 0, to: interleaved.count, by: 2).map { interleaved[$0] },
    stride(from: 1, to: interleaved.count, by: 2).map { interleaved[$0] }
  )
}

/// Three SIMD vectors a column for the real parts, three for the imaginary ones; the vector is
/// stored as SIMD vectors and read back number by number.
@safe
final class SplitProduct {
  private let matrix = UnsafeMutablePointer<SIMD4<Double>>.allocate(capacity: 72)
  private let vector = UnsafeMutablePointer<SIMD4<Double>>.allocate(capacity: 6)

  init(_ source: ComplexMatrix, _ start: [Double]) {
    for j in 0..<12 {
      for k in 0..<3 {
        let rows = (4 * k)..<(4 * k + 4)
        unsafe (matrix + 6 * j + k).initialize(to: SIMD4(rows.map { source[$0, j].real }))
        unsafe (matrix + 6 * j + 3 + k).initialize(to: SIMD4(rows.map { source[$0, j].imaginary }))
      }
    }
    reset(start)
  }

  deinit {
    unsafe matrix.deallocate()
    unsafe vector.deallocate()
  }

  var first: Complex { unsafe Complex(vector[0][0], vector[3][0]) }

  func reset(_ start: [Double]) {
    for k in 0..<3 {
      let rows = (4 * k)..<(4 * k + 4)
      unsafe (vector + k).initialize(to: SIMD4(rows.map { start[2 * $0] }))
      unsafe (vector + 3 + k).initialize(to: SIMD4(rows.map { start[2 * $0 + 1] }))
    }
  }

  func run(_ repetitions: Int) {
    unsafe vector.withMemoryRebound(to: Double.self, capacity: 24) { scalars in
      for _ in 0..<repetitions { unsafe step(matrix, scalars, vector) }
    }
  }

  @inline(__always)
  private func step(
    _ m: UnsafeMutablePointer<SIMD4<Double>>, _ x: UnsafeMutablePointer<Double>,
    _ v: UnsafeMutablePointer<SIMD4<Double>>
  ) {
    // Real parts of M times a and of i M times b in separate sums: twelve chains of fused
    // multiply-adds, so that none waits for itself.
    let zero = SIMD4<Double>(repeating: 0)
    var (p0, p1, p2, q0, q1, q2) = (zero, zero, zero, zero, zero, zero)
    var (s0, s1, s2, t0, t1, t2) = (zero, zero, zero, zero, zero, zero)
    for j in 0..<12 {
      let (a, b) = unsafe (SIMD4(repeating: x[j]), SIMD4(repeating: x[12 + j]))
      let c = unsafe m + 6 * j
      let (r0, r1, r2) = unsafe (c[0], c[1], c[2])
      let (i0, i1, i2) = unsafe (c[3], c[4], c[5])
      p0.addProduct(r0, a)
      p1.addProduct(r1, a)
      p2.addProduct(r2, a)
      q0.addProduct(i0, b)
      q1.addProduct(i1, b)
      q2.addProduct(i2, b)
      s0.addProduct(r0, b)
      s1.addProduct(r1, b)
      s2.addProduct(r2, b)
      t0.addProduct(i0, a)
      t1.addProduct(i1, a)
      t2.addProduct(i2, a)
    }
    unsafe (v[0], v[1], v[2]) = (p0 - q0, p1 - q1, p2 - q2)
    unsafe (v[3], v[4], v[5]) = (s0 + t0, s1 + t1, s2 + t2)
  }
}

/// Runs the Numba version where `python3` has it.
private func numbaTime(_ numbers: [Double]) -> (String, Double, Complex)? {
  let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "peers/matvec.py")
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", script.path(percentEncoded: false)]
  let (input, output) = (Pipe(), Pipe())
  process.standardInput = input
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  do { try process.run() } catch { return nil }
  input.fileHandleForWriting.write(Data(numbers.map { "\($0)" }.joined(separator: " ").utf8))
  input.fileHandleForWriting.closeFile()
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  let fields = text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  guard fields.count == 3 else {
    print("(Numba is not installed: pip install numba)")
    return nil
  }
  return ("Numba", fields[0], Complex(fields[1], fields[2]))
}
