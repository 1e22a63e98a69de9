internal import Artifacts
internal import CLinux
internal import FileSystem
internal import Glibc
internal import Reporting
internal import Stages

/// Whether the file system under the store keeps the promises that commits rest on.
struct StoreChecks {
  let root: Path
  /// A folder of our own in which to try things out.
  private let scratch: Path
  /// Room below which a run is likely to stop half-way.
  static let leastBytes = 1_000_000_000

  init(root: Path) {
    self.root = root.absolute
    var parent = root.absolute
    while !parent.isFolder { parent = parent.folder }
    let isStore = (root.absolute / "format").exists
    // In the store itself leftovers of a killed doctor are swept with everybody's scratch.
    scratch =
      isStore
      ? root.absolute / "tmp" / "\(ProcessIdentity.current.tag).doctor"
      : parent / ".slmc-doctor.\(getpid())"
  }

  var all: [Check] {
    do {
      try scratch.createFolders()
    } catch {
      return [
        .bad(
          "store", "\(root) cannot be written: \(error.reason)",
          remedy: "choose another folder with --store or SLMC_STORE, or mend its permissions")
      ]
    }
    defer { try? scratch.removeTree() }
    guard let obstacle = obstacle else { return promises }
    return [
      .bad(
        "store", "\(obstacle) is a file, so \(root) cannot be a folder",
        remedy: "choose another folder with --store or SLMC_STORE")
    ]
  }

  /// A file where the path of the store needs a folder.
  private var obstacle: Path? {
    var part = root
    while !part.exists && part.folder != part { part = part.folder }
    return part.isFolder ? nil : part
  }

  private var promises: [Check] {
    [place, check(renaming, "rename"), check(exclusive, "leases"), check(flushing, "fsync")]
      + [check(stamps, "change times"), space, check(clock, "clock"), commands]
  }

  private var place: Check {
    let exists = (root / "format").exists
    let kind = unsafe slmc_file_system_kind(scratch.description)
    let name = exists ? "\(root)" : "\(root) (made at the first run)"
    switch kind {
    case 0x0102_1994, 0x8584_58f6:
      return .warning(
        "store", "\(name) lies in memory and is gone after a reboot",
        remedy: "choose a folder on a disk with --store or SLMC_STORE")
    case 0x6969:
      return .good("store", "\(name), on NFS")
    default:
      return .good("store", name)
    }
  }

  private func check(_ body: () throws -> Check, _ name: String) -> Check {
    do {
      return try body()
    } catch {
      return .bad(name, "\(error)", remedy: Self.elsewhere)
    }
  }

  private static let elsewhere = "put the store on a local or NFS disk with --store or SLMC_STORE"

  /// A commit is one rename of a folder; onto a committed one it has to fail.
  private func renaming() throws -> Check {
    let (first, second) = (scratch / "first", scratch / "second")
    for folder in [first, second] {
      try folder.createFolders()
      try (folder / "data").write(folder.name)
    }
    do {
      try first.rename(to: second)
      return .bad("rename", "a folder replaced one that was not empty", remedy: Self.elsewhere)
    } catch {
      guard error.isPresent else { throw error }
    }
    try first.rename(to: scratch / "third")
    guard try (scratch / "third" / "data").readText() == "first" else {
      return .bad("rename", "a renamed folder lost its file", remedy: Self.elsewhere)
    }
    return .good("rename", "folders move in one step and replace nothing")
  }

  private func exclusive() throws -> Check {
    let lease = scratch / "lease"
    try lease.create([1])
    do {
      try lease.create([2])
    } catch {
      guard error.isPresent else { throw error }
      return .good("leases", "a file is created by one process only")
    }
    return .bad("leases", "a file could be created twice", remedy: Self.elsewhere)
  }

  private func flushing() throws -> Check {
    try (scratch / "flushed").write("x", durability: .flushed)
    try scratch.flush()
    try scratch.flushFileSystem()
    return .good("fsync", "files, folders and the file system can be flushed")
  }

  /// An edit that restores size and modification time still has to show.
  private func stamps() throws -> Check {
    let file = scratch / "stamped"
    try file.write("one")
    guard let before = file.stamp else {
      return .bad("change times", "files have no status", remedy: Self.elsewhere)
    }
    for _ in 0..<50 {
      usleep(20_000)
      try file.write("two")
      if let after = file.stamp, after.changed != before.changed {
        return .good("change times", "an edit of equal size is noticed")
      }
    }
    return .warning(
      "change times", "an edit within a second may go unnoticed until `slmc verify`",
      remedy: Self.elsewhere)
  }

  private var space: Check {
    let free = scratch.freeBytes
    guard free >= Self.leastBytes else {
      return .warning(
        "free space", "\(Amount.bytes(free)) under \(root)",
        remedy: "`slmc gc EXP… --delete` frees what no manifest needs, or choose another disk")
    }
    return .good("free space", Amount.bytes(free))
  }

  private var commands: Check {
    guard let obstacle = CommandIsolation.obstacle(in: scratch) else {
      return .good("commands", "programs of `command` stages see their folder and the system only")
    }
    return .warning(
      "commands", "programs of `command` stages see the whole machine: \(obstacle)",
      remedy:
        "allow user namespaces (sysctl user.max_user_namespaces), or read what they use with care")
  }

  /// Heartbeats compare changes and not clocks; predictions and provenance want the right time.
  private func clock() throws -> Check {
    let file = scratch / "clock"
    try file.write("x")
    let difference = abs(Double(file.stamp?.modified ?? 0) / 1e9 - Double(time(nil)))
    guard difference < 60 else {
      return .warning(
        "clock", "the file system's clock differs by \(Amount.duration(difference))",
        remedy: "synchronise the clocks (timedatectl set-ntp true)")
    }
    return .good("clock", "agrees with the file system's")
  }
}
