internal import FileSystem
internal import Glibc
internal import Processes
internal import Reporting

/// Whether the programs that slmc calls are there.
struct ProgramChecks {
  let environment: [String: String]

  var all: [Check] { [processor, gnuplot, fonts, slurm] }

  private var processor: Check {
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let memory = Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))
    return .good("machine", "\(cores) cores, \(Amount.bytes(memory)) of memory")
  }

  private var gnuplot: Check {
    let remedy = "apt install gnuplot-nox"
    guard isInstalled("gnuplot"), let version = Self.output(of: "gnuplot", "--version") else {
      return .warning("gnuplot", "not found; `slmc figures` needs it", remedy: remedy)
    }
    for terminal in ["svg", "pdfcairo", "pngcairo"]
    where Self.output(of: "gnuplot", "-d", "-e", "set terminal \(terminal)") == nil {
      return .warning("gnuplot", "\(version) has no \(terminal) terminal", remedy: remedy)
    }
    return .good("gnuplot", version)
  }

  private var fonts: Check {
    let remedy = "apt install fonts-cmu fontconfig"
    guard isInstalled("fc-list") else {
      return .warning("fonts", "fontconfig is not installed", remedy: remedy)
    }
    guard let found = Self.output(of: "fc-list", "CMU Serif", "family"), !found.isEmpty else {
      return .warning("fonts", "CMU Serif is missing; figures take another font", remedy: remedy)
    }
    return .good("fonts", "CMU Serif")
  }

  private var slurm: Check {
    guard isInstalled("sbatch") else {
      return .good("Slurm", "not here; only `slmc submit` would need it")
    }
    let version = Self.output(of: "sbatch", "--version") ?? "installed"
    guard
      let nodes = Self.output(
        of: "sinfo", "--noheader", "--format=%D", within: .seconds(5)), !nodes.isEmpty
    else {
      return .warning(
        "Slurm", "\(version), but no cluster answers; only `slmc submit` needs one",
        remedy: "start slurmctld where slurm.conf says, or a private cluster: make slurm-up")
    }
    return .good("Slurm", "\(version), \(nodes) nodes")
  }

  private func isInstalled(_ name: String) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      let path = (Path(String($0)) / name).description
      return unsafe access(path, X_OK) == 0
    }
  }

  /// The first line that a program prints; nil when it fails or takes longer.
  private static func output(
    of program: String, _ words: String..., within limit: Duration = .seconds(30)
  ) -> String? {
    var launch = Launch(named: program, words)
    launch.errors = .nowhere
    guard let (ending, output) = try? launch.run(within: limit), ending == .exited(0) else {
      return nil
    }
    return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
