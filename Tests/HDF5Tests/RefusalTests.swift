import Foundation
import HDF5
import Testing

/// Every failure names the object and says why.
@Suite struct RefusalTests {
  /// The text of the error that `body` throws.
  private func refusal(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "no error"
  }

  private func sample() throws -> HDF5File {
    let file = try HDF5File.inMemory(name: "x.h5")
    try fillSample(file)
    return file
  }

  @Test func truncatedFile() throws {
    let folder = try ScratchFolder()
    let whole = try sample().image()
    for length in [1, 8, 100, whole.count / 2, whole.count - 1] {
      let path = try folder.write(Array(whole.prefix(length)), to: "cut.h5")
      let text = refusal { _ = try HDF5File(opening: path) }
      #expect(text.contains("cut.h5"))
      let reasons = ["truncated file", "signature not found", "superblock", "bad byte number"]
      #expect(reasons.contains { text.contains($0) }, "\(length): \(text)")
    }
  }

  @Test func notHDF5() throws {
    let folder = try ScratchFolder()
    for (name, bytes) in [("empty", []), ("text", Array("energy,error\n1,2\n".utf8))] {
      let path = try folder.write(bytes, to: name)
      let text = refusal { _ = try HDF5File(opening: path) }
      #expect(
        text.hasSuffix(
          "\(name): cannot be opened as HDF5: file signature not found (H5Fopen failed)"), "\(text)"
      )
    }
    #expect(refusal { _ = try HDF5File(image: [1, 2, 3]) }.contains("signature not found"))
  }

  @Test func corruptHeader() throws {
    let folder = try ScratchFolder()
    var image = try sample().image()
    // The root group's entry follows the superblock: point it nowhere.
    for index in 64..<72 { image[index] = 0x7f }
    let path = try folder.write(image, to: "bad.h5")
    #expect(refusal { _ = try HDF5File(opening: path) }.contains("bad.h5: "))
  }

  @Test func corruptShape() throws {
    let file = try HDF5File.inMemory()
    try file.write([1, 2, 3], to: "/x", shape: [3])
    var image = try file.image()
    // The extent is the only 64-bit 3 followed by its maximum.
    let extent: [UInt8] = [3, 0, 0, 0, 0, 0, 0, 0]
    let place = try #require(
      image.indices.dropLast(16).first { Array(image[$0..<($0 + 16)]) == extent + extent })
    for top in [5, 6, 13, 14] { image[place + top] = 0x10 }
    let bad = try HDF5File(image: image, name: "bad.h5")
    let text = refusal { _ = try bad.integers(at: "/x") }
    #expect(text.hasPrefix("bad.h5:/x: shape ["), "\(text)")
    #expect(text.hasSuffix("does not fit into the file"), "\(text)")
    #expect(throws: HDF5Error.self) { try bad.forEachItem { _ in } }
  }

  @Test func filesThatCannotBeOpenedOrCreated() throws {
    let folder = try ScratchFolder()
    let missing = refusal { _ = try HDF5File(opening: folder.path("none.h5")) }
    #expect(missing.contains("none.h5: "))
    #expect(missing.contains("No such file or directory"))
    let orphan = refusal { _ = try HDF5File(creating: folder.path("no/such/x.h5")) }
    #expect(orphan.contains("No such file or directory"))
    try HDF5File(creating: folder.path("x.h5")).close()
    #expect(refusal { _ = try HDF5File(creating: folder.path("x.h5")) }.contains("the file exists"))
    try HDF5File(creating: folder.path("x.h5"), overwriting: true).close()
  }

  @Test func abandonedFileLeavesNothing() throws {
    let folder = try ScratchFolder()
    try {
      let file = try HDF5File(creating: folder.path("x.h5"))
      try file.write([1.0], to: "/x")
    }()
    #expect(!FileManager.default.fileExists(atPath: folder.path("x.h5")))
  }

  /// The library itself would crash here with compressed data sets.
  @Test(arguments: [Compression.none, .deflate(1)])
  func fullDisk(_ compression: Compression) throws {
    let file = try HDF5File(creating: "/dev/full", overwriting: true)
    try file.write([Double](repeating: 1, count: 9000), to: "/x", compression: compression)
    #expect(refusal { try file.close() } == "/dev/full: No space left on device (write failed)")
  }

  @Test func missingObjects() throws {
    let file = try sample()
    #expect(
      refusal { _ = try file.doubles(at: "/results/enrgy") }
        == "x.h5:/results/enrgy: does not exist (there are counts, energy)")
    #expect(
      refusal { _ = try file.doubles(at: "/nowhere/energy") }
        == "x.h5:/nowhere/energy: does not exist (there are empty, labels, results, scalar, waves)")
    #expect(
      refusal { _ = try file.doubles(at: "/scalar/energy") }
        == "x.h5:/scalar/energy: does not exist")
    #expect(
      refusal { _ = try file.stringAttribute("units", of: "/results/energy") }
        == "x.h5:/results/energy@units: does not exist (there are error, unit)")
    #expect(refusal { try file.setAttribute("a", 1, of: "/no") }.contains("x.h5:/no: does not"))
  }

  @Test func wrongTypes() throws {
    let file = try sample()
    #expect(
      refusal { _ = try file.doubles(at: "/results/counts") }
        == "x.h5:/results/counts: expected float64, found int64")
    #expect(
      refusal { _ = try file.integers(at: "/labels") }
        == "x.h5:/labels: expected int64, found string"
    )
    #expect(
      refusal { _ = try file.strings(at: "/waves") }
        == "x.h5:/waves: expected string, found complex128"
    )
    #expect(
      refusal { _ = try file.complexNumbers(at: "/scalar") }
        == "x.h5:/scalar: expected complex128, found float64")
    #expect(
      refusal { _ = try file.integerAttribute("error", of: "/results/energy") }
        == "x.h5:/results/energy@error: expected int64, found float64")
    #expect(
      refusal { _ = try file.doubles(at: "/results") }
        == "x.h5:/results: expected a dataset, found a group")
    #expect(
      refusal { _ = try file.children(of: "/labels") }
        == "x.h5:/labels: expected a group, found a dataset")
    #expect(
      refusal { try file.write([1], to: "/labels/x") }
        == "x.h5:/labels: expected a group, found a dataset")
  }

  @Test func wrongShapes() throws {
    let file = try sample()
    #expect(
      refusal { try file.write([1, 2, 3], to: "/y", shape: [2, 2]) }
        == "x.h5:/y: 3 values for shape [2, 2]")
    #expect(refusal { try file.write([1], to: "/y", shape: [-1, -1]) }.contains("negative"))
    #expect(refusal { try file.write([1], to: "/y", shape: [.max, 2]) }.contains("too many"))
    #expect(try !file.exists("/y"))
    #expect(
      refusal { _ = try file.doubles(at: "/results/energy", rows: 990..<1001) }
        == "x.h5:/results/energy: rows 990..<1001 asked of 1000")
    #expect(refusal { _ = try file.doubles(at: "/scalar", rows: 0..<1) }.contains("scalar"))
    #expect(
      refusal { _ = try file.integerAttribute("extents", of: "/results") }
        == "x.h5:/results@extents: expected one value, found 2")
  }

  @Test(arguments: ["", "//", "/a//b", "/a/", "./a", "/a/./b"])
  func invalidPaths(_ path: String) throws {
    let file = try sample()
    #expect(refusal { _ = try file.exists(path) }.contains("not a valid object path"))
  }

  @Test func refusedWrites() throws {
    let file = try sample()
    #expect(refusal { try file.write([1], to: "/scalar") }.contains("x.h5:/scalar: name already"))
    #expect(refusal { try file.write(["a\0b"], to: "/y") }.contains("NUL"))
    let long = [Double](repeating: 0, count: 9000)
    #expect(refusal { try file.setAttribute("long", long, of: "/") }.contains("x.h5:/@long: "))
    let reading = try HDF5File(image: try file.image(), name: "r.h5")
    #expect(refusal { try reading.write([1], to: "/y") }.contains("r.h5:/y: no write intent"))
    try file.close()
    try file.close()
    #expect(refusal { _ = try file.exists("/scalar") } == "x.h5: the file is closed")
  }

  @Test func existence() throws {
    let file = try sample()
    for path in ["/", "/results", "/results/energy", "results/energy"] {
      #expect(try file.exists(path))
    }
    for path in ["/result", "/results/energy/x", "/x/y/z"] { #expect(try !file.exists(path)) }
    #expect(try file.kind(of: "/results") == .group)
    #expect(try file.kind(of: "/scalar") == .dataset)
    #expect(try file.hasAttribute("unit", of: "/results/energy"))
    #expect(try !file.hasAttribute("unit", of: "/results"))
    try file.createGroup("/results")
    try file.createGroup("/deep/er/est")
    #expect(try file.children(of: "/deep/er") == ["est"])
  }
}
