import Foundation
import HDF5
import Testing

/// Equal content gives equal items whatever the storage, and equal writes give equal bytes.
@Suite struct ContentTests {
  private func items(
    _ file: HDF5File, skipping: (String, String?) -> Bool = { _, _ in false }
  ) throws -> [ContentItem] {
    var items: [ContentItem] = []
    try file.forEachItem(skipping: skipping) { items.append($0) }
    return items
  }

  private func names(_ items: [ContentItem]) -> [String] {
    items.map { $0.path + ($0.attribute.map { "@" + $0 } ?? "") }
  }

  @Test func equalWritesGiveEqualBytes() async throws {
    let folder = try ScratchFolder()
    var images: [[UInt8]] = []
    for name in ["first", "second"] {
      let image = try HDF5File.inMemory()
      try fillSample(image, compression: .deflate(6))
      images.append(try image.image())
      let file = try HDF5File(creating: folder.path(name))
      try fillSample(file, compression: .deflate(6))
      try file.close()
      // The library's clock has seconds: a forgotten time stamp differs after this.
      try await Task.sleep(for: .milliseconds(1100))
    }
    #expect(images[0] == images[1])
    #expect(try bytes(of: folder.path("first")) == bytes(of: folder.path("second")))
  }

  @Test func everythingIsVisitedInOrder() throws {
    let file = try HDF5File.inMemory()
    try fillSample(file)
    let items = try items(file)
    #expect(
      names(items) == [
        "/", "/@betas", "/@names", "/@seed", "/empty", "/labels", "/results", "/results@extents",
        "/results/counts", "/results/energy", "/results/energy@error", "/results/energy@unit",
        "/scalar", "/waves",
      ])
    #expect(items.map(\.kind.rawValue).filter { $0 == "group" }.count == 2)
    let energy = try #require(items.first { $0.path == "/results/energy" })
    #expect(energy.typeName == "float64")
    #expect(energy.shape == [1000, 3])
    #expect(energy.bytes.count == 24000)
  }

  @Test func orderOfWritingDoesNotShow() throws {
    let (one, two) = (try HDF5File.inMemory(), try HDF5File.inMemory())
    let paths = ["/b", "/a/z", "/a/é", "/a/Z", "/a/10", "/a/9", "/c"]
    for path in paths { try one.write([1.0], to: path) }
    for path in paths.reversed() { try two.write([1.0], to: path) }
    #expect(try items(one) == items(two))
    #expect(try one.children(of: "/a") == ["10", "9", "Z", "z", "é"])
  }

  @Test func storageDoesNotShow() throws {
    let files = try [Compression.none, .deflate(1), .deflate(9)].map { compression in
      let file = try HDF5File.inMemory()
      try fillSample(file, compression: compression)
      return file
    }
    let contents = try files.map { try items($0) }
    #expect(contents[0] == contents[1])
    #expect(contents[0] == contents[2])
    #expect(try files[2].image().count < files[0].image().count / 2)
  }

  @Test func stringPaddingDoesNotShow() throws {
    let (one, two) = (try HDF5File.inMemory(), try HDF5File.inMemory())
    try one.write(["ab", "c"], to: "/x")
    try two.write(["ab", "c", "much longer"], to: "/x")
    let (short, long) = (try items(one)[1].bytes, try items(two)[1].bytes)
    #expect(long.starts(with: short))
  }

  @Test func bytesAreCanonical() throws {
    let file = try HDF5File.inMemory()
    try file.write([1.0], to: "/a")
    try file.write([-2], to: "/b")
    try file.write(["é", ""], to: "/c")
    try file.write([Complex128(1, -2)], to: "/d")
    let bytes = try items(file).dropFirst().map(\.bytes)
    let one: [UInt8] = [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]
    #expect(bytes[0] == one)
    #expect(bytes[1] == [0xfe] + [UInt8](repeating: 0xff, count: 7))
    let empty = [UInt8](repeating: 0, count: 8)
    #expect(bytes[2] == [2, 0, 0, 0, 0, 0, 0, 0, 0xc3, 0xa9] + empty)
    #expect(bytes[3] == one + [0, 0, 0, 0, 0, 0, 0, 0xc0])
  }

  @Test(arguments: [
    "value", "shape", "type", "attribute", "attribute shape", "extra group",
  ]) func everyDifferenceShows(_ difference: String) throws {
    let (one, two) = (try HDF5File.inMemory(), try HDF5File.inMemory())
    try one.write([1.0, 2.0], to: "/x")
    try one.setAttribute("unit", 1, of: "/x")
    switch difference {
    case "value": try two.write([1.0, 2.0.nextUp], to: "/x")
    case "shape": try two.write([1.0, 2.0], to: "/x", shape: [2, 1])
    case "type": try two.write([1, 2], to: "/x")
    default: try two.write([1.0, 2.0], to: "/x")
    }
    switch difference {
    case "attribute": try two.setAttribute("unit", 2, of: "/x")
    case "attribute shape": try two.setAttribute("unit", [1], of: "/x")
    default: try two.setAttribute("unit", 1, of: "/x")
    }
    if difference == "extra group" { try two.createGroup("/y") }
    #expect(try items(one) != items(two))
  }

  @Test func skippedPathsLeaveNoTrace() throws {
    let (one, two) = (try HDF5File.inMemory(), try HDF5File.inMemory())
    for file in [one, two] { try file.write([1.0], to: "/x") }
    try two.write([0.25], to: "/timing/seconds")
    try two.setAttribute("host", "here", of: "/timing")
    try two.setAttribute("comment", "by hand", of: "/x")
    let kept = try items(two) { $0 == "/timing" || $1 == "comment" }
    #expect(try kept == items(one))
  }

  @Test func theVisitorsErrorComesOut() throws {
    struct Stop: Error {}
    let file = try HDF5File.inMemory()
    #expect(throws: Stop.self) { try file.forEachItem { _ in throw Stop() } }
  }
}
