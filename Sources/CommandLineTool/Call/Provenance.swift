internal import Artifacts
internal import FileSystem
internal import Slurm
internal import Stages
internal import Values

/// Where and with what an artifact was made: for people, never for keys.
enum Provenance {
  static func environment(_ tool: Tool) -> Record {
    var record: Record = [
      "slmc": .text(Version.number),
      "host": .text(ProcessIdentity.current.host),
      "processor": .text(processor),
      "command": .text(tool.commandLine.joined(separator: " ")),
      "blasKernel": .text(NumericalLibraries.kernel),
      "platform": .text(
        NumericalLibraries.platform
          + ((try? KernelChoice(tool.environment)) == .native ? ", native" : "")),
    ]
    if tool.environment["SLURM_JOB_ID"] != nil {
      record["slurmJob"] = .text(WorkerSeat(tool.environment).name)
    }
    return record
  }

  private static var processor: String {
    let lines = ((try? Path("/proc/cpuinfo").readText()) ?? "").split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return model.map { String($0.drop { $0 == " " }) } ?? "unknown"
  }
}
