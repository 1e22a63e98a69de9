public import FileSystem

/// The program that does the jobs of a run, and which build of it: a run's jobs are all done by the
/// program that planned them, or not at all.
public struct ProgramFile: Sendable {
  /// Where the program is.
  public let path: Path
  /// What the process list shows.
  public let name: String
  /// Tells builds apart: the file's inode, size and time. Nothing of it is part of any key.
  public let build: String

  /// The program at a path, in the build that lies there now.
  public init(_ path: Path, name: String? = nil) {
    self.path = path
    self.name = name ?? path.description
    build = path.stamp.map { "\($0.inode)-\($0.size)-\($0.modified)" } ?? "unknown"
  }

  /// This process's own file, also when another one has its name by now.
  public static func own(name: String) -> ProgramFile {
    ProgramFile(Path("/proc/self/exe"), name: name)
  }

  /// With which a worker of another build ends, between it and its executor.
  public static let replacedCode: Int32 = 75

  /// Another program than the one that planned was about to do a job.
  public struct Replaced: Error, Sendable, CustomStringConvertible {
    public init() {}
    public var description: String {
      "the program was replaced while this run was under way; what is committed stays: "
        + "start it again"
    }
  }
}
