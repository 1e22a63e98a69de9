import FileSystem
import Foundation
import Glibc
import Testing

/// A store that a group shares: who may read and write follows from the umask.
@Suite struct SharedFolderTests {
  private func project() throws -> Project {
    let project = try Project()
    try project.write(
      """
      slmc: 1
      experiment: shared
      stages:
        note: {kind: constant, reads: [p]}
        copy: {kind: command, needs: {in: note}, with: {run: [cp, parameters.json, out], outputs: [out]}, reads: [p]}
      parameters: {p: {x: 1}}
      """)
    return project
  }

  private func call(_ project: Project, _ shell: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", shell]
    process.currentDirectoryURL = URL(fileURLWithPath: project.folder.description)
    process.environment = ["PATH": "/usr/bin:/bin", "SLMC": Project.program.description]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func mode(_ path: Path) -> UInt32 {
    var status = stat()
    return unsafe stat(path.description, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test(
    arguments: [(0o002, 0o775, 0o664, 0o444), (0o077, 0o700, 0o600, 0o400)]
      as [(UInt32, UInt32, UInt32, UInt32)])
  func modesFollowTheUmask(_ mask: UInt32, _ folder: UInt32, _ file: UInt32, _ data: UInt32) throws
  {
    let project = try project()
    let text = String(mask, radix: 8)
    #expect(try call(project, "umask \(text); exec \"$SLMC\" run e.yaml --quiet") == 0)
    for name in ["", "artifacts", "leases", "checkpoints", "logs", "pins", "tmp", "history"] {
      #expect(mode(project.store / name) == folder, "\(name)")
    }
    #expect(mode(project.store / "index-216") == file)
    let place = project.artifact(try #require(try project.plan()["copy"]?.key))
    #expect(mode(place) == folder && mode(place.folder) == folder)
    for name in ["data.h5", "meta.json"] { #expect(mode(place / name) == data, "\(name)") }
  }

  /// Two people of one group, one after the other, each with work of their own and with the other's.
  @Test(.enabled(if: getuid() == 0, "only the superuser can be two others"))
  func twoPeopleOfOneGroup() throws {
    let project = try project()
    try project.folder.setMode(0o777)
    try (project.folder / "e.yaml").setMode(0o644)
    func person(_ number: Int, _ words: String) throws -> Int32 {
      try call(
        project,
        "umask 002; exec setpriv --reuid=\(number) --regid=61000 --clear-groups \"$SLMC\" \(words)")
    }
    #expect(try person(61001, "run e.yaml --quiet") == 0)
    #expect(try person(61002, "run e.yaml --quiet -S p.x=2") == 0)
    #expect(try person(61001, "run e.yaml --quiet -S p.x=2") == 0)
    #expect(try person(61002, "verify") == 0)
    #expect(try person(61002, "gc e.yaml --delete --quiet") == 0)
    #expect(try person(61001, "run e.yaml --quiet") == 0)
  }
}
