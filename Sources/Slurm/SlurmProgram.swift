internal import FileSystem
internal import Glibc
internal import Processes

/// Calls Slurm's own programs: they know the cluster's plugins, keys and versions, and a library
/// that would save the call binds to one release.
enum SlurmProgram {
  /// No client may keep us longer than this when no controller answers.
  private static let patience: Duration = .seconds(60)

  /// What the program prints.
  static func output(_ words: [String]) throws(SlurmError) -> String {
    let nowhere = SlurmError(
      "no cluster answers here: \(words[0]) finds no slurm.conf (SLURM_CONF)")
    guard !isNowhere else { throw nowhere }
    let result = run(words, errors: nil)
    guard result.code == 0 else {
      if result.output.contains("configuration source") { throw nowhere }
      let said = result.output.split(separator: "\n").suffix(4).joined(separator: "; ")
      guard let code = result.code else {
        throw SlurmError("\(words[0]) failed: no answer within 60 s")
      }
      throw SlurmError("\(words[0]) failed: \(said.isEmpty ? "exit \(code)" : said)")
    }
    return result.output
  }

  /// What the program prints, nil when it fails.
  static func optionalOutput(_ words: [String]) -> String? {
    guard !isNowhere else { return nil }
    let result = run(words, errors: .nowhere)
    return result.code == 0 ? result.output : nil
  }

  /// A configuration that is named and not there: Slurm's programs would look for one in the network for
  /// a minute.
  private static var isNowhere: Bool {
    guard let file = unsafe getenv("SLURM_CONF") else { return false }
    return unsafe access(file, F_OK) != 0
  }

  private static func run(
    _ words: [String], errors: Launch.Target?
  ) -> (code: Int32?, output: String) {
    var launch = Launch(named: words[0], Array(words.dropFirst()))
    launch.errors = errors
    guard let (ending, output) = try? launch.run(within: patience) else { return (127, "") }
    return (ending?.code, String(decoding: output, as: UTF8.self))
  }

  /// Starts a program that outlives this call; its output goes to a file.
  static func start(_ words: [String], log: Path) throws(SystemError) -> ChildProcess {
    var launch = Launch(named: words[0], Array(words.dropFirst()))
    launch.output = .appended(log)
    launch.leadsGroup = true
    return try launch.start()
  }

  /// A word that a shell reads back unchanged.
  static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains(byte)
        || [UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: "%"), UInt8(ascii: ",")]
          .contains(byte)
    }
    guard !plain || word.isEmpty else { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}
