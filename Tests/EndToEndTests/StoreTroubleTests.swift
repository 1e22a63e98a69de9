import FileSystem
import Foundation
import Testing
import Values

/// A tmpfs of a given size; only root can mount one.
private final class SmallDisk {
  let path: Path
  /// Kept until after the unmounting, so that its folder can go.
  private let project: Project

  init?(in project: Project, _ name: String, size: String) throws {
    self.project = project
    path = project.folder / name
    try path.createFolders()
    guard Self.call("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path.description) else {
      return nil
    }
  }

  func resize(_ size: String) -> Bool {
    Self.call("mount", "-o", "remount,size=\(size)", path.description)
  }

  deinit { _ = Self.call("umount", "-l", path.description) }

  private static func call(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Whether mounting works here at all (a container's root may not).
  static let isPossible: Bool = {
    guard getuid() == 0, let project = try? Project() else { return false }
    return (try? SmallDisk(in: project, "probe", size: "64k")) != nil
  }()
}

@Suite(.serialized) struct StoreTroubleTests {
  static let wide = """
    slmc: 1
    experiment: wide
    stages: {a: {kind: constant, reads: [p]}, b: {kind: constant, needs: {x: a}}}
    parameters: {p: {x: 1}}
    sweep: {product: {p.x: {range: {from: 1, to: 150}}}}
    """

  /// Light jobs run into the end of the disk, then go on where there is room again.
  @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a tmpfs")) func fullDisk() throws {
    let project = try Project()
    try project.write(Self.wide)
    let disk = try #require(try SmallDisk(in: project, ".slmc", size: "600k"))
    let full = try project.run()
    #expect(full.code == 6, "\(full.output)\(full.errors)")
    #expect(full.errors.contains("is full") && full.errors.contains("run the same command again"))
    #expect(try project.run().code == 6)
    #expect(disk.resize("32m"))
    let done = try project.run()
    #expect(done.code == 0, "\(done.errors)")
    #expect(try project.run().made.isEmpty)
    try project.expectWhole()
  }

  @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a tmpfs")) func fullDiskUnderAWorker()
    throws
  {
    let project = try Project()
    try project.write(
      """
      slmc: 1
      experiment: full
      stages: {a: {kind: command, with: {run: [dd, if=/dev/urandom, of=out, bs=1M, count=3], outputs: [out]}}}
      """)
    let disk = try #require(try SmallDisk(in: project, ".slmc", size: "4m"))
    let full = try project.run()
    // Either the program or the worker meets the end of the disk: a failure, never a part of a file.
    #expect(full.code == 6 || full.code == 1, "\(full.output)\(full.errors)")
    #expect(try project.plan().values.allSatisfy { $0.action == "run" })
    #expect(disk.resize("32m"))
    #expect(try project.run().code == 0)
    try project.expectWhole()
  }

  @Test(.enabled(if: getuid() == 0, "needs root to become another user")) func unwritableStore()
    throws
  {
    let project = try SmallExperiment.make()
    try project.folder.setMode(0o755)
    func asNobody(_ words: String...) throws -> (code: Int32, errors: String) {
      let process = Process()
      let errors = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments =
        [
          "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
          Project.program.description,
        ]
        + words
      process.currentDirectoryURL = URL(fileURLWithPath: project.folder.description)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = errors
      try process.run()
      let bytes = errors.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
    let refused = try asNobody("run", "e.yaml")
    #expect(refused.code == 6, "\(refused.errors)")
    #expect(
      refused.errors.contains("cannot be used") && refused.errors.contains("Permission denied"))
    _ = try project.run("--until", "note")
    let later = try asNobody("run", "e.yaml")
    #expect(later.code == 6 && later.errors.contains("Permission denied"), "\(later.errors)")
    _ = try project.run()
    // What is there can be read and planned with by anybody.
    #expect(try asNobody("run", "e.yaml").code == 0)
    #expect(try asNobody("plan", "e.yaml", "--exit-code").code == 0)
  }

  @Test func aStoreOfAnotherFormat() throws {
    let project = try SmallExperiment.make()
    try project.write("slmc-store/0\n", to: ".slmc/format")
    for verb in ["plan", "run"] {
      let outcome = try project.slmc(verb, "e.yaml")
      #expect(outcome.code == 6)
      #expect(
        outcome.errors.contains("has the format 'slmc-store/0', this slmc reads 'slmc-store/1'"))
    }
    #expect(try project.store.names() == ["format"])
  }

  /// One bad point: the others go on, nothing of it is left, and mending it makes only what is missing.
  @Test func aFailingPointLeavesNothingAndStopsNobody() throws {
    let project = try Project()
    let manifest = """
      slmc: 1
      experiment: failing
      stages:
        a: {kind: command, reads: [p], with: {run: [sh, s.sh], files: [s.sh], outputs: [out]}}
        b: {kind: constant, needs: {x: a}}
      parameters: {p: {x: 1}}
      sweep: {product: {p.x: [1, 2, 3]}}
      """
    try project.write(manifest)
    try project.write("cat parameters.json > out; ! grep -q ': 2' parameters.json\n", to: "s.sh")
    let outcome = try project.run()
    #expect(outcome.code == 1 && outcome.failed == ["a[p.x=2]"])
    #expect(outcome.made == ["a[p.x=1]", "a[p.x=3]", "b[p.x=1]", "b[p.x=3]"])
    #expect(outcome.summary?["skipped"]?.integer == 1)
    #expect(project.leftovers.isEmpty)
    let plain = try project.slmc("run", "e.yaml")
    #expect(plain.output.contains("repeat just this: slmc run e.yaml --until a --only 'p.x=2'"))
    try project.write(manifest.replacingOccurrences(of: "[1, 2, 3]", with: "[1, 3, 4]"))
    #expect(try project.run().made == ["a[p.x=4]", "b[p.x=4]"])
  }
}
