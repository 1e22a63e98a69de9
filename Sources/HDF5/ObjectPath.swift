/// The path of a group or dataset, with one spelling per object: `/`, `/results/energy`.
struct ObjectPath: Equatable {
  let components: [String]

  static let root = ObjectPath(components: [])

  private init(components: [String]) { self.components = components }

  /// Accepts a missing leading slash; refuses what HDF5 would read as something else.
  init(_ text: String, in file: String) throws(HDF5Error) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.first == "" { parts.removeFirst() }
    if parts == [""] { parts = [] }
    let refused = parts.contains { $0.isEmpty || $0 == "." || $0.utf8.contains(0) }
    guard !text.isEmpty, !refused else {
      throw .unsupported(object: "\(file):\(text)", reason: "not a valid object path")
    }
    components = parts
  }

  var parent: ObjectPath { ObjectPath(components: components.dropLast()) }

  func appending(_ name: String) -> ObjectPath { ObjectPath(components: components + [name]) }

  /// `/`, then every group on the way, then the path itself.
  var prefixes: [ObjectPath] {
    (0...components.count).map { ObjectPath(components: Array(components.prefix($0))) }
  }
}

extension ObjectPath: CustomStringConvertible {
  var description: String { "/" + components.joined(separator: "/") }
}
