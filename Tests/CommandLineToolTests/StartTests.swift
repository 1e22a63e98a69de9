import FileSystem
import Testing
import Values

@Suite struct StartTests {
  @Test func starterManifestRuns() throws {
    let desk = try Desk()
    let made = try desk.slmc("init", "try")
    #expect(made.code == 0)
    #expect(made.output.contains("slmc run experiments/try.yaml"))
    // Shorter than the starter itself: here it only has to go through.
    let run = try desk.slmc(
      "run", "experiments/try.yaml", "--quiet", "-S", "exact.samples=20", "-S",
      "chain.proposals=20",
      "-S", "exact.thermalisation=2", "-S", "chain.thermalisation=2")
    #expect(run.code == 0, "\(run.errors)")
    let counts = try desk.slmc("plan", "experiments/try.yaml", "--json").json["stages"]?.list
    #expect(counts?.count == 10)
    #expect((desk.folder / ".slmc").isFolder)
  }

  @Test func starterIsACommentedManifestWithoutMistakes() throws {
    let desk = try Desk()
    try desk.slmc("init")
    let text = try (desk.folder / "experiments/first.yaml").readText()
    #expect(text.contains("temperature: 0.1"))
    #expect(text.contains("# T, the temperature [t]"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    for profile in [[], ["--profile", "long"]] {
      #expect(try desk.slmc(["plan", "experiments/first.yaml"] + profile).code == 0)
    }
  }

  @Test func initReplacesNothing() throws {
    let desk = try Desk()
    try desk.write("mine", to: "experiments/first.yaml")
    let answer = try desk.slmc("init")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("is there already"))
    #expect(try (desk.folder / "experiments/first.yaml").readText() == "mine")
  }

  @Test(arguments: ["a b", "../up", "x.yaml", "ü", ""])
  func initRefusesNamesThatAreNoNames(name: String) throws {
    let desk = try Desk()
    let answer = try desk.slmc("init", name)
    #expect(answer.code == 2)
    #expect(answer.errors.contains("cannot name an experiment"))
    #expect(try desk.folder.names().isEmpty)
  }

  @Test func doctorFindsThisMachineFit() throws {
    let desk = try Desk()
    let answer = try desk.slmc("doctor", "--json")
    #expect(answer.code == 0)
    let checks = try answer.json["checks"]?.list ?? []
    let names = checks.compactMap { $0["name"]?.text }
    for name in ["BLAS", "HDF5", "SHA-256", "rename", "fsync", "free space", "clock", "gnuplot"] {
      #expect(names.contains(name))
    }
    for check in checks {
      let isGood = check["verdict"] == "good"
      #expect(isGood == (check["remedy"] == ""), "what is wrong has a remedy: \(check)")
    }
    #expect(try desk.folder.names().isEmpty, "doctor leaves nothing behind")
  }

  @Test func doctorSeesAPlaceWhereNoStoreCanBe() throws {
    let desk = try Desk()
    try desk.write("a file", to: "plain")
    let answer = try desk.slmc("doctor", "--json", "--store", "plain/store")
    #expect(answer.code == 6)
    let bad = try answer.json["checks"]?.list?.filter { $0["verdict"] == "bad" } ?? []
    #expect(bad.compactMap { $0["name"]?.text } == ["store"])
  }

  @Test(arguments: ["", "Prescott", "Haswell"])
  func doctorSaysThatTheKernelIsPinned(_ asked: String) throws {
    let answer = try Desk().slmc("doctor", environment: ["OPENBLAS_CORETYPE": asked])
    #expect(answer.output.contains("Haswell, the same on every x86-64-v3 machine"))
  }

  @Test func doctorWarnsOfANativeKernel() throws {
    let answer = try Desk().slmc(
      "doctor", environment: ["OPENBLAS_CORETYPE": "Prescott", "SLMC_KERNEL": "native"])
    #expect(answer.output.contains("Prescott, because SLMC_KERNEL is native"))
  }

  @Test func unknownKernelChoiceIsRefused() throws {
    let answer = try Desk().slmc("doctor", environment: ["SLMC_KERNEL": "fast"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains("must be `pinned` or `native`"))
  }

  @Test func versionNamesWhatItIsLinkedWith() throws {
    let lines = try Desk().slmc("--version").output.split(separator: "\n")
    #expect(lines[0].hasPrefix("slmc "))
    for name in ["HDF5 1.", "OpenBLAS", "OpenSSL", "libfyaml", "FFTW fftw-3."] {
      #expect(lines.contains { $0.contains(name) }, "\(name)")
    }
  }
}
