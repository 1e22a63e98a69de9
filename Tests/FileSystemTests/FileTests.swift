import FileSystem
import Glibc
import ScratchFolders
import Testing

@Suite struct FileTests {
  @Test func pathsAreJoinedAndTakenApart() {
    #expect((Path("a") / "b").description == "a/b")
    #expect((Path("/") / "b").description == "/b")
    #expect((Path("a") / "/b").description == "/b")
    #expect((Path(".") / "b").description == "b")
    #expect(Path("a/b/").description == "a/b")
    #expect(Path("/a/b.tar.gz").stem == "b.tar")
    #expect(Path(".hidden").stem == ".hidden")
    #expect(Path("/a/b").folder.description == "/a")
    #expect(Path("/a").folder.description == "/" && Path("a").folder.description == ".")
    #expect(Path("/a/./b/../c").absolute.description == "/a/c")
    #expect(Path("x").absolute.description == "\(Path.current)/x")
  }

  @Test func bytesComeBack() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path / "bytes"
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try file.write(bytes, durability: .flushed)
    #expect(try file.read() == bytes)
    try file.append([1, 2])
    #expect(try file.read() == bytes + [1, 2])
    try file.replace(with: [7])
    #expect(try file.read() == [7])
    #expect(try scratch.path.names() == ["bytes"])
    #expect(try Path("/proc/self/stat").read().count > 10)
  }

  @Test func creatingTellsWhoWasFirst() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path / "lease"
    try file.create([1])
    let error = #expect(throws: SystemError.self) { try file.create([2]) }
    #expect(error?.isPresent == true)
    #expect(try file.read() == [1])
  }

  @Test func errorsNameThePathAndTheReason() throws {
    let scratch = try ScratchFolder()
    let missing = scratch.path / "missing"
    let error = #expect(throws: SystemError.self) { try missing.read() }
    #expect(error?.isMissing == true)
    #expect(error?.description == "cannot read \(missing): No such file or directory")
    #expect(missing.stamp == nil && !missing.exists)
    #expect(throws: SystemError.self) { try (missing / "a").write([1]) }
    #expect(throws: SystemError.self) { try missing.names() }
    #expect(throws: SystemError.self) { try missing.rename(to: scratch.path / "b") }
  }

  @Test func aTreeGoesAlsoWhenItIsReadOnly() throws {
    let scratch = try ScratchFolder()
    let tree = scratch.path / "tree"
    let outside = try scratch.write("kept", to: "outside/file")
    try scratch.write("x", to: "tree/a/b")
    let linked = unsafe symlink(outside.folder.description, (tree / "link").description) == 0
    #expect(linked)
    try (tree / "a").setMode(0o555)
    try tree.setMode(0o555)
    try tree.removeTree()
    #expect(!tree.exists)
    #expect(outside.exists)
    try tree.removeTree()
  }

  /// Files of others: nothing waits, nothing is followed, nothing is read without end.
  @Test func onlyRegularFilesAreRead() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("12345", to: "file")
    #expect(try file.readRegular(limit: 5) == Array("12345".utf8))
    func refusal(_ path: Path, limit: Int = 100, followsLinks: Bool = false) -> String? {
      let error = #expect(throws: Path.Refusal.self) {
        try path.readRegular(limit: limit, followsLinks: followsLinks)
      }
      return error?.description
    }
    #expect(refusal(file, limit: 4) == "it has 5 bytes, more than the 4 that such a file may have")
    let (pipe, link, hole) = (scratch.path / "pipe", scratch.path / "link", scratch.path / "hole")
    #expect(unsafe mkfifo(pipe.description, 0o644) == 0)
    #expect(refusal(pipe) == "it is a named pipe, not a regular file")
    #expect(unsafe symlink("file", link.description) == 0)
    #expect(refusal(link) == "it is a symbolic link, not a regular file")
    #expect(try link.readRegular(limit: 5, followsLinks: true) == Array("12345".utf8))
    #expect(refusal(Path("/dev/zero"), followsLinks: true) == "it is a device, not a regular file")
    #expect(refusal(scratch.path) == "it is a folder, not a regular file")
    #expect(refusal(scratch.path / "none") == "No such file or directory")
    try hole.write("")
    #expect(unsafe truncate(hole.description, 1 << 40) == 0)
    #expect(refusal(hole)?.contains("1099511627776 bytes") == true)
  }

  /// Setting the modification time back does not hide an edit: the change time cannot be set.
  @Test func aStampNoticesAnEditOfEqualSizeAndTime() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("one", to: "file")
    let before = try #require(file.stamp)
    // Longer than the kernel's clock tick, so that the change time can differ.
    usleep(20_000)
    try file.write("two")
    var times = [timespec(), timespec()]
    for index in 0..<2 {
      times[index].tv_sec = before.modified / 1_000_000_000
      times[index].tv_nsec = before.modified % 1_000_000_000
    }
    #expect(unsafe utimensat(AT_FDCWD, file.description, times, 0) == 0)
    let after = try #require(file.stamp)
    #expect(after.size == before.size && after.modified == before.modified)
    #expect(after != before)
  }
}
