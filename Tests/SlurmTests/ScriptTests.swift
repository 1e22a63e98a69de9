import FileSystem
import Testing

/// The scripts of a dry run, which needs no cluster.
@Suite struct ScriptTests {
  private static let two = """
    stages:
      a: {kind: command, with: {run: [cp, parameters.json, out], outputs: [out]}, reads: [p]}
      b: {kind: command, needs: {in: a}, with: {run: [cp, in.h5, out], outputs: [out]}}
    parameters: {p: {x: 1}}
    sweep: {product: {p.x: {range: {from: 1, to: 30}}}}
    """

  private func dryRun(_ slurm: String) throws -> (code: Int32, output: String) {
    try Site(Self.two, slurm: slurm, isReal: false).slmc(
      "submit e.yaml --profile cluster --dry-run", configuration: "/nowhere/slurm.conf")
  }

  @Test func whatTheProfileSays() throws {
    let text = try dryRun(
      """
      account: physics, qos: long, constraint: "avx512&ib", time: 90, memory: 3000, cores: 2, \
      workers: 12, throttle: 5, lead: 60, preamble: "module load hdf5\\nmodule list"
      """
    ).output
    for line in [
      "#SBATCH --partition=main", "#SBATCH --account=physics", "#SBATCH --qos=long",
      "#SBATCH --constraint='avx512&ib'", "#SBATCH --time=90", "#SBATCH --mem=3000M",
      "#SBATCH --cpus-per-task=2", "#SBATCH --array=0-11%5", "#SBATCH --signal=B:USR1@60",
      "#SBATCH --requeue", "module load hdf5\nmodule list\nexec ",
      "12 workers would be submitted",
    ] { #expect(text.contains(line), "\(line) is not in\n\(text)") }
  }

  /// One array for each set of resources.
  @Test func resourcesOfOneStage() throws {
    let text = try dryRun("workers: 100, stages: {b: {memory: 8000}}").output
    #expect(text.contains("# ---- work.sh") && text.contains("# ---- b.sh"), "\(text)")
    #expect(text.contains("--mem=2000M") && text.contains("--mem=8000M"))
    #expect(text.contains("30 jobs of e (b)"))
  }

  @Test func mistakes() throws {
    let text = try dryRun("memori: 3, time: 0, stages: {c: {memory: 8}}")
    #expect(text.code == 2)
    #expect(text.output.contains("did you mean `memory`?"))
    #expect(text.output.contains("`slurm.time` is `0`"))
  }

  /// `lead` is 120 s unless said otherwise.
  @Test(arguments: ["time: 2", "time: 60, stages: {b: {time: 2}}"])
  func aWorkerMustHaveTimeToWork(slurm: String) throws {
    let text = try dryRun(slurm)
    #expect(text.code == 2)
    #expect(text.output.contains("would make way 120 s before its end"), "\(text.output)")
    #expect(text.output.contains("set `lead` below 120"))
    #expect(try dryRun("\(slurm), lead: 119").code == 0)
  }

  @Test func withoutACluster() throws {
    let site = try Site(Self.two, slurm: "workers: 3", isReal: false)
    let nothing = site.slmc("submit e.yaml", configuration: "/nowhere/slurm.conf")
    #expect(nothing.code == 2)
    #expect(nothing.output.contains("--profile NAME"))
  }
}
