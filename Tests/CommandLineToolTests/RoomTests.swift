import FileSystem
import Testing
import Values

/// A job that cannot fit is refused in words before anything starts; a plan says what a run will take.
@Suite struct RoomTests {
  private func manifest(
    lattice: String = "[2, 2]", samples: String = "20", method: String = "fast", more: String = ""
  ) -> String {
    """
    slmc: 1
    experiment: room
    stages:
      exact: {kind: exact-samples, reads: [system, exact]}
      analysis: {kind: analyze-chain, needs: {chain: exact}}
    parameters:
      system: {kind: double-exchange, lattice: \(lattice), temperature: 0.5}
      exact: {samples: \(samples), method: \(method), replicas: 1, thermalisation: 2, stride: 1}
    \(more)
    """
  }

  private func desk(_ text: String) throws -> Desk {
    let desk = try Desk()
    try desk.write(text, to: "e.yaml")
    return desk
  }

  @Test(arguments: [
    ("lattice: [2, 2]", "lattice: [128, 128]", "TB of memory"),
    ("samples: 20", "samples: 1000000000000", "PB of memory"),
    ("samples: 20", "samples: 9223372036854775807", "EB of memory"),
  ])
  func whatNoMachineHoldsIsRefused(_ sound: String, _ vast: String, _ words: String) throws {
    let text = manifest().replacing("replicas: 1", with: "replicas: 8")
    let desk = try desk(text.replacing(sound, with: vast))
    let plan = try desk.slmc("plan", "e.yaml")
    #expect(plan.code == 0 && plan.errors.contains("e.yaml:4:3: warning: `exact` would take about"))
    #expect(plan.output.contains("memory of a job up to"))
    let run = try desk.slmc("run", "e.yaml")
    #expect(run.code == 2, "\(run.errors)")
    #expect(run.errors.contains("e.yaml:4:3: error: `exact` would take about"), "\(run.errors)")
    #expect(run.errors.contains(words) && run.errors.contains("this machine has"), "\(run.errors)")
    #expect(try desk.counts().cached == 0)
  }

  @Test func theLimitOfTheCommandLineCounts() throws {
    let desk = try desk(manifest(lattice: "[12, 12]", samples: "1"))
    let run = try desk.slmc("run", "e.yaml", "--until", "exact", "--memory", "40")
    #expect(run.code == 2)
    #expect(run.errors.contains("of memory; `--memory` allows 40 MB"), "\(run.errors)")
    #expect(try desk.slmc("run", "e.yaml", "--until", "exact", "--quiet").code == 0)
    // What is done needs no room.
    #expect(try desk.slmc("run", "e.yaml", "--until", "exact", "--memory", "40").code == 0)
  }

  @Test func theMemoryOfAWorkerCounts() throws {
    let cluster = "profiles: {c: {slurm: {partition: p, time: 5, memory: 20, memoryRetries: 0}}}"
    let desk = try desk(manifest(lattice: "[12, 12]", more: cluster))
    for verb in [["submit", "e.yaml", "--dry-run"], ["run", "e.yaml"]] {
      let answer = try desk.slmc(verb + ["--profile", "c"])
      #expect(answer.code == 2)
      #expect(
        answer.errors.contains("`slurm.memory` with its retries allows 21 MB"), "\(answer.errors)")
    }
  }

  @Test func aPlanTellsWhatIsWrittenAndHeld() throws {
    let desk = try desk(manifest(lattice: "[16, 16]", samples: "2"))
    let fresh = try desk.slmc("plan", "e.yaml", "--until", "exact", "--json").json["predicted"]
    let memory = try #require(fresh?["memoryBytes"]?.number)
    let bytes = try #require(fresh?["bytes"]?.number)
    #expect(fresh?["cpuSeconds"] == .null)
    #expect(try desk.slmc("run", "e.yaml", "--until", "exact", "--quiet").code == 0)
    let artifact = desk.artifact(try desk.key("exact"))
    let meta = try Value(json: try (artifact / "meta.json").readText())
    let took = try #require(meta["provenance"]?["peakMemoryBytes"]?.number)
    #expect(abs(memory / took - 1) < 0.3, "\(memory) for \(took)")
    let size = Double(try (artifact / "data.h5").read().count)
    #expect(abs(bytes / size - 1) < 0.3, "\(bytes) for \(size)")
    // A chain ten times as long is ten times as large, although such a chain was smaller.
    try desk.write(manifest(lattice: "[2, 2]", samples: "100000"), to: "e.yaml")
    let long = try desk.slmc("plan", "e.yaml", "--until", "exact", "--json").json["predicted"]
    #expect(try #require(long?["bytes"]?.number) > 1e7)
  }
}
