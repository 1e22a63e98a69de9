import HDF5
import Testing

/// What is written comes back, whatever the type, the shape and the storage.
@Suite struct RoundTripTests {
  struct Layout: CustomTestStringConvertible, Sendable {
    let shape: [Int]
    let compression: Compression
    var count: Int { shape.reduce(1, *) }
    var testDescription: String { "\(shape), \(compression)" }
  }

  static let layouts: [Layout] = [
    [], [0], [1], [7], [3, 4], [2, 0, 3], [5, 2, 3, 2], [400, 30],
  ]
  .flatMap { [Layout(shape: $0, compression: .none), Layout(shape: $0, compression: .deflate(4))] }

  private func reopened(_ file: HDF5File) throws -> HDF5File {
    try HDF5File(image: try file.image())
  }

  @Test(arguments: layouts) func doubles(_ layout: Layout) throws {
    let special = [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, 1.0 / 3, -1e300]
    let values = (0..<layout.count).map { special[$0 % 7] }
    let file = try HDF5File.inMemory()
    try file.write(values, to: "/a/x", shape: layout.shape, compression: layout.compression)
    let read = try reopened(file)
    #expect(try read.doubles(at: "/a/x").map(\.bitPattern) == values.map(\.bitPattern))
    #expect(try read.shape(of: "/a/x") == layout.shape)
    #expect(try read.typeName(of: "/a/x") == "float64")
  }

  @Test(arguments: layouts) func integers(_ layout: Layout) throws {
    let special = [0, -1, .max, .min, 42]
    let values = (0..<layout.count).map { special[$0 % 5] }
    let file = try HDF5File.inMemory()
    try file.write(values, to: "x", shape: layout.shape, compression: layout.compression)
    let read = try reopened(file)
    #expect(try read.integers(at: "/x") == values)
    #expect(try read.shape(of: "/x") == layout.shape)
    #expect(try read.typeName(of: "/x") == "int64")
  }

  @Test(arguments: layouts) func complexNumbers(_ layout: Layout) throws {
    let values = (0..<layout.count).map { Complex128(Double($0), -Double($0) / 3) }
    let file = try HDF5File.inMemory()
    try file.write(values, to: "/x", shape: layout.shape, compression: layout.compression)
    let read = try reopened(file)
    #expect(try read.complexNumbers(at: "/x") == values)
    #expect(try read.shape(of: "/x") == layout.shape)
    #expect(try read.typeName(of: "/x") == "complex128")
  }

  @Test(arguments: layouts) func strings(_ layout: Layout) throws {
    let special = ["", "a", "spin–wave τ", "  blanks  ", "日本", "line\nbreak"]
    let values = (0..<layout.count).map { special[$0 % 6] }
    let file = try HDF5File.inMemory()
    try file.write(values, to: "/x", shape: layout.shape, compression: layout.compression)
    let read = try reopened(file)
    #expect(try read.strings(at: "/x") == values)
    #expect(try read.shape(of: "/x") == layout.shape)
    #expect(try read.typeName(of: "/x") == "string")
  }

  @Test func notANumberKeepsItsPayload() throws {
    let values = [Double.nan, Double(nan: 0x123, signaling: false)]
    let file = try HDF5File.inMemory()
    try file.write(values, to: "/x")
    #expect(try file.doubles(at: "/x").map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test(arguments: [Compression.none, .deflate(1)]) func rows(_ compression: Compression) throws {
    let file = try HDF5File.inMemory()
    let values = (0..<6000).map(Double.init)
    try file.write(values, to: "/x", shape: [1000, 3, 2], compression: compression)
    try file.write(values.map { Int($0) }, to: "/n", shape: [6000], compression: compression)
    try file.write(["a", "bc", "def"], to: "/s")
    #expect(try file.doubles(at: "/x", rows: 10..<20) == Array(values[60..<120]))
    #expect(try file.doubles(at: "/x", rows: 0..<1000) == values)
    #expect(try file.doubles(at: "/x", rows: 7..<7) == [])
    #expect(try file.integers(at: "/n", rows: 5999..<6000) == [5999])
    #expect(try file.strings(at: "/s", rows: 1..<3) == ["bc", "def"])
  }

  @Test func attributes() throws {
    let file = try HDF5File.inMemory()
    try file.write([1.0], to: "/results/energy")
    for owner in ["/", "/results", "/results/energy"] {
      try file.setAttribute("error", 0.1, of: owner)
      try file.setAttribute("count", 3, of: owner)
      try file.setAttribute("unit", "τ", of: owner)
      try file.setAttribute("empty", "", of: owner)
      try file.setAttribute("doubles", [0.5, -1], of: owner)
      try file.setAttribute("integers", [4, 5, 6], of: owner)
      try file.setAttribute("strings", ["x", "", "long one"], of: owner)
      try file.setAttribute("none", [Double](), of: owner)
      try file.setAttribute("count", 4, of: owner)
    }
    let read = try reopened(file)
    for owner in ["/", "/results", "/results/energy"] {
      #expect(try read.doubleAttribute("error", of: owner) == 0.1)
      #expect(try read.integerAttribute("count", of: owner) == 4)
      #expect(try read.stringAttribute("unit", of: owner) == "τ")
      #expect(try read.stringAttribute("empty", of: owner) == "")
      #expect(try read.doublesAttribute("doubles", of: owner) == [0.5, -1])
      #expect(try read.integersAttribute("integers", of: owner) == [4, 5, 6])
      #expect(try read.stringsAttribute("strings", of: owner) == ["x", "", "long one"])
      #expect(try read.doublesAttribute("none", of: owner) == [])
      #expect(
        try read.attributeNames(of: owner) == [
          "count", "doubles", "empty", "error", "integers", "none", "strings", "unit",
        ])
    }
  }
}
