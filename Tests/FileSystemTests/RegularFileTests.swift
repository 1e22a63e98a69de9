import FileSystem
import Glibc
import ScratchFolders
import Testing

/// What others wrote is read only where it is a plain file of a size that can be meant.
@Suite struct RegularFileTests {
  @Test func piecesAreTheWhole() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path / "bytes"
    for count in [0, 1, 4096, Path.pieceSize - 1, Path.pieceSize, Path.pieceSize * 2 + 7] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try file.write(bytes)
      #expect(try file.readRegular() == bytes)
      var longest = 0
      try file.forEachPiece { longest = max(longest, $0.count) }
      #expect(longest <= Path.pieceSize)
    }
    #expect(try Path("/proc/self/stat").readRegular().count > 10)
  }

  @Test(.timeLimit(.minutes(1))) func whatIsNoFileIsNotWaitedFor() throws {
    let scratch = try ScratchFolder()
    let pipe = scratch.path / "pipe"
    try #require(unsafe mkfifo(pipe.description, 0o644) == 0)
    for (path, word) in [(pipe, "FIFO"), (Path("/dev/zero"), "device"), (scratch.path, "folder")] {
      let error = #expect(throws: SystemError.self) { try path.readRegular() }
      #expect(error?.reason.contains(word) == true, "\(String(describing: error))")
      #expect(!path.isRegular)
    }
  }

  @Test func linksAreFollowedOnlyWhereTheyMay() throws {
    let scratch = try ScratchFolder()
    let (file, link) = (scratch.path / "file", scratch.path / "link")
    try file.write([1])
    try #require(unsafe symlink(file.description, link.description) == 0)
    #expect(try link.readRegular() == [1])
    #expect(file.isRegular && !link.isRegular)
    let error = #expect(throws: SystemError.self) { try link.readRegular(links: .refused) }
    #expect(error?.reason.contains("symbolic link") == true)
  }

  @Test func sizesAreLimitedInWords() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path / "giant"
    try file.write([UInt8]())
    try #require(unsafe truncate(file.description, 1 << 42) == 0)
    let error = #expect(throws: SystemError.self) { try file.readRegular(limit: 1 << 24) }
    #expect(error?.reason == "it is larger than 16 MiB, the most that is read here")
    #expect(error?.isMissing == false)
  }
}
