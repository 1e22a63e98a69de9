import Foundation
import HDF5

/// A folder that is gone when the test ends.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("slmc-hdf5-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }
}

func bytes(of path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// A file with one object of every kind, for tests that look at it from outside.
func fillSample(_ file: HDF5File, compression: Compression = .none) throws {
  let many = (0..<3000).map { Double($0 % 17) / 4 }
  try file.write(many, to: "/results/energy", shape: [1000, 3], compression: compression)
  try file.write([1, -2, .max], to: "/results/counts")
  try file.write([2.5], to: "/scalar", shape: [])
  try file.write([Double](), to: "/empty", shape: [0, 4], compression: compression)
  try file.write(["τ", "", "spin"], to: "/labels")
  let waves = (0..<600).map { Complex128(Double($0), -0.5) }
  try file.write(waves, to: "/waves", shape: [2, 300], compression: compression)
  try file.setAttribute("unit", "τ₀", of: "/results/energy")
  try file.setAttribute("error", 0.1, of: "/results/energy")
  try file.setAttribute("extents", [6, 6], of: "/results")
  try file.setAttribute("names", ["a", "bc"], of: "/")
  try file.setAttribute("betas", [0.5, 0.25], of: "/")
  try file.setAttribute("seed", 7, of: "/")
}

/// What a program printed, or nil when it cannot be started.
func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: String)? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  do { try process.run() } catch { return nil }
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}
