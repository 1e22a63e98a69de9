import Artifacts
import ContentHash
import FileSystem
import HDF5
import ScratchFolders
import Testing

@Suite struct ContentDigestTests {
  private func digest(_ write: (HDF5File) throws -> Void) throws -> Digest {
    let scratch = try ScratchFolder()
    let path = scratch.path / "data.h5"
    let file = try HDF5File(creating: path.description)
    try write(file)
    try file.close()
    return try ContentDigest.of(path)
  }

  private func example(_ file: HDF5File) throws {
    try file.setAttribute("kind", "test", of: "/")
    try file.write([1, 2.5], to: "/x")
    try file.setAttribute("unit", "energy", of: "/x")
    try file.write([-3], to: "/y", shape: [])
  }

  @Test func pinned() throws {
    #expect(
      try digest(example).description
        == "32e10683c739b041d3e82dc0d849060644fc1d6b69f367093f8a3fa5d3c1c6a0")
  }

  @Test func storageAndProvenanceDoNotShow() throws {
    let stored = try digest { file in
      try file.write([-3], to: "/y", shape: [])
      try file.write([1, 2.5], to: "/x", compression: .deflate(4))
      try file.setAttribute("unit", "energy", of: "/x")
      try file.setAttribute("symbol", "$x$", of: "/x")
      try file.setAttribute("schema", "slmc/test/9", of: "/")
      try file.setAttribute("parameters", "{\"a\":1}", of: "/")
      try file.setAttribute("kind", "test", of: "/")
      try file.write([0.1], to: "/timing/step")
      try file.write([3], to: "/diagnostics/width")
    }
    #expect(try stored == digest(example))
  }

  @Test func everythingElseShows() throws {
    let changes: [(String, (HDF5File) throws -> Void)] = [
      ("value", { try $0.write([1, 2.25], to: "/x") }),
      ("shape", { try $0.write([1, 2.5], to: "/x", shape: [2, 1]) }),
      ("type", { try $0.write([1, 2], to: "/x") }),
      ("bytes", { try $0.write([1, 2] as [UInt8], to: "/x") }),
      ("name", { try $0.write([1, 2.5], to: "/z") }),
      ("group", { try $0.write([1, 2.5], to: "/g/x") }),
      ("text", { try $0.write(["1", "2.5"], to: "/x") }),
      (
        "attribute of another object",
        {
          try $0.write([1, 2.5], to: "/x")
          try $0.setAttribute("parameters", "p", of: "/x")
        }
      ),
      (
        "attribute of the root",
        {
          try $0.write([1, 2.5], to: "/x")
          try $0.setAttribute("kind", "k", of: "/")
        }
      ),
      (
        "group below another",
        {
          try $0.write([1, 2.5], to: "/x")
          try $0.write([1.0], to: "/g/timing/x")
        }
      ),
    ]
    var seen = [try digest { try $0.write([1, 2.5], to: "/x") }: "base"]
    for (name, change) in changes {
      let other = seen.updateValue(name, forKey: try digest(change))
      #expect(other == nil, "\(name) does not show against \(other ?? "")")
    }
  }
}
