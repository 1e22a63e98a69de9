internal import CHDF5

extension HDF5File {
  /// The names of the attributes of a group or dataset, sorted by their UTF-8 bytes.
  public func attributeNames(of path: String) throws(HDF5Error) -> [String] {
    try attributeNames(of: try ObjectPath(path, in: name))
  }

  /// Whether a group or dataset has an attribute.
  public func hasAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> Bool {
    try attributeNames(of: path).contains(attribute)
  }

  /// An attribute holding one float.
  public func doubleAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> Double {
    try single(try doublesAttribute(attribute, of: path), attribute, of: path)
  }

  /// An attribute holding one integer.
  public func integerAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> Int {
    try single(try integersAttribute(attribute, of: path), attribute, of: path)
  }

  /// An attribute holding one string.
  public func stringAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> String {
    try single(try stringsAttribute(attribute, of: path), attribute, of: path)
  }

  /// An attribute holding any number of floats.
  public func doublesAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> [Double] {
    try open(attribute, of: path).numbers(.float64, zero: 0, rows: nil)
  }

  /// An attribute holding any number of integers.
  public func integersAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> [Int] {
    try open(attribute, of: path).numbers(.int64, zero: 0, rows: nil)
  }

  /// An attribute holding any number of strings.
  public func stringsAttribute(_ attribute: String, of path: String) throws(HDF5Error) -> [String] {
    try open(attribute, of: path).strings(rows: nil)
  }
}

extension HDF5File {
  func attributeNames(of path: ObjectPath) throws(HDF5Error) -> [String] {
    let owner = try open(path)
    return try unsafe sortedNames("H5Aiterate2", object(path)) { visit, context in
      unsafe chdf5_visit_attributes(owner.id, visit, context)
    }
  }

  private func open(_ attribute: String, of path: String) throws(HDF5Error) -> Container {
    try open(attribute, of: try ObjectPath(path, in: name))
  }

  func open(_ attribute: String, of path: ObjectPath) throws(HDF5Error) -> Container {
    let owner = try open(path)
    let (id, object) = (owner.id, "\(object(path))@\(attribute)")
    guard try checked("H5Aexists", object, { unsafe H5Aexists(id, attribute) }) > 0 else {
      throw .missing(object: object, present: try attributeNames(of: path))
    }
    let handle = try Handle("H5Aopen", object) { unsafe H5Aopen(id, attribute, chdf5_default()) }
    return Container(attribute: handle, object)
  }

  private func single<Element>(
    _ values: [Element], _ attribute: String, of path: String
  ) throws(HDF5Error) -> Element {
    guard values.count == 1, let value = values.first else {
      throw .wrongShape(
        object: "\(name):\(path)@\(attribute)", reason: "expected one value, found \(values.count)")
    }
    return value
  }
}
