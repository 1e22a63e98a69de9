internal import ContentHash
internal import HDF5
internal import Stages
internal import YAML

/// Whether the linked libraries do what results and keys rest on.
struct LibraryChecks {
  let environment: [String: String]

  var all: [Check] { [blas, kernel, threads, hdf5, hash, yaml] }

  private var blas: Check {
    guard NumericalLibraries.worksOnSmallProblem else {
      return .bad(
        "BLAS", "\(NumericalLibraries.blas) solves a 2x2 eigenproblem wrongly",
        remedy: "apt install --reinstall libopenblas0-pthread liblapacke")
    }
    return .good("BLAS", NumericalLibraries.blas)
  }

  /// The kernel changes last digits, so runs that are compared bit by bit need the same one.
  private var kernel: Check {
    let kernel = NumericalLibraries.kernel
    guard (try? KernelChoice(environment)) != .native else {
      return .warning(
        "BLAS kernel", "\(kernel), because \(KernelChoice.variable) is native",
        remedy: "unset \(KernelChoice.variable) to have equal bits on every x86-64-v3 machine")
    }
    guard let pinned = NumericalLibraries.portableKernel else {
      return .good("BLAS kernel", "\(kernel), chosen for this processor")
    }
    guard pinned.lowercased() == kernel.lowercased() else {
      return .warning(
        "BLAS kernel", "\(kernel) is in use: the library did not take \(pinned)",
        remedy: "results of this machine may differ in last digits; `slmc check` says so")
    }
    return .good("BLAS kernel", "\(kernel), the same on every x86-64-v3 machine")
  }

  private var threads: Check {
    let asked = ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"].compactMap { name in
      environment[name].map { "\(name)=\($0)" }
    }
    let setting = asked.isEmpty ? "" : "; \(asked.joined(separator: ", ")) has no say in jobs"
    return .good("BLAS threads", "jobs use one each\(setting)")
  }

  private var hdf5: Check {
    do {
      let images = try (0..<2).map { _ in
        let file = try HDF5File.inMemory(name: "doctor")
        try file.write([1.5, -2], to: "/numbers")
        try file.setAttribute("unit", "1", of: "/numbers")
        return try file.image()
      }
      let values = try HDF5File(image: images[0], name: "doctor").doubles(at: "/numbers")
      guard values == [1.5, -2] else {
        return .bad("HDF5", "reads other numbers than it wrote", remedy: Self.reinstall)
      }
      guard images[0] == images[1] else {
        return .bad("HDF5", "equal content gives different bytes", remedy: Self.reinstall)
      }
      return .good("HDF5", "\(HDF5Library.version), equal content gives equal bytes")
    } catch {
      return .bad("HDF5", "\(error)", remedy: Self.reinstall)
    }
  }

  private static let reinstall = "apt install --reinstall libhdf5-dev"

  /// FIPS 180-4's own example.
  private var hash: Check {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    guard Digest(of: Array("abc".utf8)).description == expected else {
      return .bad(
        "SHA-256", "\(hashLibraryVersion) gives a wrong digest",
        remedy: "apt install --reinstall libssl3")
    }
    return .good("SHA-256", hashLibraryVersion)
  }

  private var yaml: Check {
    guard let node = try? YAML.parse(text: "a: [1]", file: "doctor"),
      node["a"]?.elements?.count == 1
    else {
      return .bad(
        "YAML", "libfyaml \(YAML.libraryVersion) does not read", remedy: "apt install libfyaml0")
    }
    return .good("YAML", "libfyaml \(YAML.libraryVersion)")
  }
}
