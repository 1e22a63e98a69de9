import FileSystem
import Foundation
import Testing
import Values

#if arch(x86_64)
  /// Equal keys mean equal bits on every x86-64-v3 machine, whatever kernel the BLAS would choose there.
  @Suite struct KernelTests {
    /// The gate's experiment on a library that was told to be another processor's: its committed baseline
    /// holds every bit. `make gate` does the same without a word from outside.
    @Test(arguments: ["Prescott", "Sandybridge"])
    func theGateHoldsEveryBit(_ kernel: String) throws {
      let project = try projectOfTheGate(environment: ["OPENBLAS_CORETYPE": kernel])
      let run = try project.slmc("run", Self.gate, "--profile", "ci", "--quiet")
      #expect(run.code == 0, "\(run.output)\(run.errors)")
      let check = try project.slmc("check", Self.gate, "--profile", "ci", "--json")
      #expect(check.code == 0, "\(check.output)\(check.errors)")
      let jobs = try Value(json: check.output)["jobs"]?.list ?? []
      #expect(!jobs.isEmpty && jobs.allSatisfy { $0["bits"]?.text == "same" })
    }

    /// By choice the processor's own: named where the artifact was made and where it is judged.
    @Test func aNativeKernelIsNamed() throws {
      let project = try Project()
      project.environment = ["OPENBLAS_CORETYPE": "Prescott", "SLMC_KERNEL": "native"]
      try project.write(InvarianceTests.manifest)
      #expect(try project.run("--only", "system.temperature=0.5", "--until", "exact").code == 0)
      let made = try project.metadata("exact[system.temperature=0.5]")["provenance"]
      #expect(made?["blasKernel"]?.text == "Prescott")
      #expect(made?["platform"]?.text?.hasSuffix(", native") == true)
      let pinned = InvarianceTests.pinned.first { $0.id.hasPrefix("exact") }?.content
      #expect(try project.metadata("exact[system.temperature=0.5]")["content"]?.text != pinned)
    }

    private static let gate = "experiments/gate.yaml"

    private func projectOfTheGate(environment: [String: String]) throws -> Project {
      let project = try Project()
      project.environment = environment
      let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
        path: "../..")
      for name in ["experiments", "pipelines", "results"] {
        try FileManager.default.copyItem(
          at: root.appending(path: name),
          to: URL(fileURLWithPath: (project.folder / name).description))
      }
      return project
    }
  }
#endif
