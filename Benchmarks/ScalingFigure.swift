import Foundation

/// A log-log figure of two costs against N, drawn by gnuplot, with fitted powers in the key.
func drawScaling(_ points: [(sites: Double, naive: Double, fast: Double)], to path: String) throws {
  let naive = growth(points.map { ($0.sites, $0.naive) })
  let fast = growth(points.map { ($0.sites, $0.fast) })
  let data = points.map { "\($0.sites) \($0.naive * 1e6) \($0.fast * 1e6)" }
    .joined(separator: "\n")
  let script = """
    set terminal svg size 560,400 font 'CMU Serif,15'
    set output '\(path)'
    set encoding utf8
    set logscale xy
    set tics in
    set key top left
    set xlabel 'sites N'
    set ylabel 'time of one proposal / µs'
    set xrange [10:600]
    $data << END
    \(data)
    END
    plot $data using 1:2 with linespoints pt 7 lc rgb '#D55E00' \
    title '\(String(format: "diagonalisation, N^{%.1f}", naive))', \
    $data using 1:3 with linespoints pt 5 lc rgb '#0072B2' \
    title '\(String(format: "Green functions at the poles, N^{%.1f}", fast))'
    """
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["gnuplot"]
  let input = Pipe()
  process.standardInput = input
  try process.run()
  input.fileHandleForWriting.write(Data(script.utf8))
  input.fileHandleForWriting.closeFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw BenchmarkError("gnuplot failed") }
}
