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
    let other = scratch.path / "copy"
    try file.copy(to: other)
    #expect(try other.read() == file.read())
    other.remove()
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
