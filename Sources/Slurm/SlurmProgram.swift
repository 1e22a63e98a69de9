internal import Glibc

/// Calls Slurm's own programs: they know the cluster's plugins, keys and versions, and a library
/// that would save the call binds to one release.
enum SlurmProgram {
  /// No client may keep us longer than this when no controller answers.
  private static let patience = "60"

  /// What the program prints.
  static func output(_ words: [String]) throws(SlurmError) -> String {
    let nowhere = SlurmError(
      "no cluster answers here: \(words[0]) finds no slurm.conf (SLURM_CONF)")
    guard !isNowhere else { throw nowhere }
    let result = run(words, errors: "2>&1")
    guard result.code == 0 else {
      if result.output.contains("configuration source") { throw nowhere }
      let said = result.output.split(separator: "\n").suffix(4).joined(separator: "; ")
      let reason = result.code == 124 ? "no answer within \(patience) s" : said
      throw SlurmError("\(words[0]) failed: \(reason.isEmpty ? "exit \(result.code)" : reason)")
    }
    return result.output
  }

  /// What the program prints, nil when it fails.
  static func optionalOutput(_ words: [String]) -> String? {
    guard !isNowhere else { return nil }
    let result = run(words, errors: "2>/dev/null")
    return result.code == 0 ? result.output : nil
  }

  /// A configuration that is named and not there: Slurm's programs would look for one in the network for
  /// a minute.
  private static var isNowhere: Bool {
    guard let file = unsafe getenv("SLURM_CONF") else { return false }
    return unsafe access(file, F_OK) != 0
  }

  private static func run(_ words: [String], errors: String) -> (code: Int32, output: String) {
    let line = (["timeout", patience] + words).map(quoted).joined(separator: " ")
    guard let stream = unsafe popen("\(line) </dev/null \(errors)", "re") else { return (127, "") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = unsafe fread(&buffer, 1, buffer.count, stream)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    let status = unsafe pclose(stream)
    let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    return (code, String(decoding: bytes, as: UTF8.self))
  }

  /// Starts a program that outlives this call; its output goes to a file.
  static func start(_ words: [String], log: String) {
    let line = words.map(quoted).joined(separator: " ")
    _ = unsafe system("\(line) </dev/null >>\(quoted(log)) 2>&1 &")
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
