internal import CHDF5

/// What a path leads to.
public enum ObjectKind: String, Sendable {
  case group
  case dataset
}

extension HDF5File {
  /// Whether a group or dataset lies at the path.
  public func exists(_ path: String) throws(HDF5Error) -> Bool {
    if case .found = try trail(of: try ObjectPath(path, in: name)) { return true }
    return false
  }

  /// Whether the path leads to a group or to a dataset.
  public func kind(of path: String) throws(HDF5Error) -> ObjectKind {
    try kind(of: try ObjectPath(path, in: name))
  }

  /// The names in a group, sorted by their UTF-8 bytes.
  public func children(of path: String = "/") throws(HDF5Error) -> [String] {
    try children(of: try ObjectPath(path, in: name))
  }

  /// Creates a group and those on the way; one that exists is left as it is.
  public func createGroup(_ path: String) throws(HDF5Error) {
    try createGroup(try ObjectPath(path, in: name))
  }

  /// The extents of a dataset: [] for a scalar.
  public func shape(of path: String) throws(HDF5Error) -> [Int] {
    try dataset(path).shape()
  }

  /// The type of a dataset's elements.
  public func elementType(of path: String) throws(HDF5Error) -> ElementType {
    try dataset(path).elementType()
  }

  /// The name of the type of a dataset's elements: `float64`, `int64`, `string`, `complex128`.
  public func typeName(of path: String) throws(HDF5Error) -> String {
    try elementType(of: path).description
  }
}

extension HDF5File {
  /// What errors call the object at a path.
  func object(_ path: ObjectPath) -> String { "\(name):\(path)" }

  func kind(of path: ObjectPath) throws(HDF5Error) -> ObjectKind {
    try kind(of: try open(path), path)
  }

  func kind(of handle: borrowing Handle, _ path: ObjectPath) throws(HDF5Error) -> ObjectKind {
    switch H5Iget_type(handle.id) {
    case H5I_GROUP: .group
    case H5I_DATASET: .dataset
    default:
      throw .unsupported(object: object(path), reason: "is neither a group nor a dataset")
    }
  }

  func children(of path: ObjectPath) throws(HDF5Error) -> [String] {
    let group = try open(path)
    guard try kind(of: group, path) == .group else {
      throw .wrongType(object: object(path), expected: "a group", found: "a dataset")
    }
    return try unsafe sortedNames("H5Literate", object(path)) { visit, context in
      unsafe chdf5_visit_links(group.id, visit, context)
    }
  }

  func createGroup(_ path: ObjectPath) throws(HDF5Error) {
    guard case .missing(let missing) = try trail(of: path) else {
      guard try kind(of: path) == .group else {
        throw .wrongType(object: object(path), expected: "a group", found: "a dataset")
      }
      return
    }
    guard try isGroup(missing.parent) else {
      throw .wrongType(object: object(missing.parent), expected: "a group", found: "a dataset")
    }
    let (id, object) = (try id, object(path))
    let properties = try Handle("H5Pcreate", object) { H5Pcreate(chdf5_group_creation()) }
    try checked("H5Pset_obj_track_times", object) {
      H5Pset_obj_track_times(properties.id, false)
    }
    for prefix in path.prefixes.dropFirst(missing.components.count) {
      _ = try Handle("H5Gcreate2", object) {
        unsafe H5Gcreate2(
          id, prefix.description, chdf5_default(), properties.id, chdf5_default())
      }
    }
  }

  func dataset(_ path: String) throws(HDF5Error) -> Container {
    try dataset(try ObjectPath(path, in: name))
  }

  func dataset(_ path: ObjectPath) throws(HDF5Error) -> Container {
    let handle = try open(path)
    guard try kind(of: handle, path) == .dataset else {
      throw .wrongType(object: object(path), expected: "a dataset", found: "a group")
    }
    return Container(dataset: handle, object(path))
  }
}

/// Collects the names a library iteration visits, sorted by their UTF-8 bytes.
func sortedNames(
  _ call: StaticString, _ object: String,
  _ iterate: (chdf5_visit_name, UnsafeMutableRawPointer) -> herr_t
) throws(HDF5Error) -> [String] {
  var names: [String] = []
  try checked(call, object) {
    unsafe withUnsafeMutablePointer(to: &names) { place in
      unsafe iterate(
        { name, context in
          guard let name = unsafe name else { return }
          unsafe context?.assumingMemoryBound(to: [String].self).pointee.append(
            String(cString: name))
        }, place)
    }
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
