import Foundation
import Testing

/// A Python that has h5py: the system's, or one in a folder under the temporary directory that is
/// made once and found again. Nil when neither can be had.
let pythonWithH5py: String? = {
  let hasH5py = ["-c", "import h5py"]
  if run("python3", hasH5py)?.status == 0 { return "python3" }
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("slmc-h5py").path
  let python = folder + "/bin/python"
  if run(python, hasH5py)?.status == 0 { return python }
  _ = run("python3", ["-m", "venv", folder])
  _ = run("timeout", ["120", python, "-m", "pip", "install", "--quiet", "h5py"])
  return run(python, hasH5py)?.status == 0 ? python : nil
}()

func python(_ script: String, _ arguments: String...) throws -> String {
  let python = try #require(pythonWithH5py)
  let result = try #require(run(python, ["-c", script] + arguments))
  #expect(result.status == 0, "\(result.output)")
  return result.output
}
