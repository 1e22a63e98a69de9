internal import CHDF5

/// The one way to an object of a file. The library would follow links into other files and read
/// elements that lie in them; here the bytes of a file are all that it holds, since a digest of an
/// artifact must not depend on what somebody else may edit.
enum Trail {
  /// The same object by a path of hard links alone.
  case found(ObjectPath)
  /// The shortest part of the way at which there is nothing.
  case missing(ObjectPath)
}

extension HDF5File {
  /// Groups nested deeper are a loop of hard links, or nobody's data.
  static let mostNames = 100
  private static let mostSoftLinks = 16

  /// Opens whatever lies at a path: everything that reads comes through here.
  func open(_ path: ObjectPath) throws(HDF5Error) -> Handle {
    switch try trail(of: path) {
    case .missing(let missing):
      let isInside = try isGroup(missing.parent)
      throw .missing(
        object: object(path), present: isInside ? try children(of: missing.parent) : [])
    case .found(let place):
      let handle = try openDirectly(place, called: path)
      try requireOwnBytes(handle, path)
      return handle
    }
  }

  /// Walks a path name by name and follows soft links, as far as they stay in this file.
  func trail(of path: ObjectPath) throws(HDF5Error) -> Trail {
    var place = ObjectPath.root
    var rest = path.components[...]
    var softLinks = 0
    while let name = rest.popFirst() {
      let next = place.appending(name)
      guard next.components.count <= Self.mostNames else {
        throw .unsupported(
          object: self.name, reason: "has groups nested more than \(Self.mostNames) deep, or a loop"
        )
      }
      // Nothing is inside a dataset.
      guard try hasLink(next, in: place) else { return .missing(next) }
      guard let target = try softLink(at: next) else {
        place = next
        continue
      }
      softLinks += 1
      guard softLinks <= Self.mostSoftLinks else {
        throw .unsupported(object: object(path), reason: "is behind a loop of soft links")
      }
      if target.hasPrefix("/") { place = .root }
      rest = (target.split(separator: "/").filter { $0 != "." }.map(String.init) + rest)[...]
    }
    return .found(place)
  }

  /// Where a soft link leads, nil for a hard one; no other is followed.
  private func softLink(at path: ObjectPath) throws(HDF5Error) -> String? {
    let (id, object) = (try id, object(path))
    var size = 0
    let type = try checked("H5Lget_info", object) {
      unsafe chdf5_link_type(id, path.description, &size)
    }
    if type == chdf5_hard_link() { return nil }
    guard type == chdf5_soft_link() else {
      throw .unsupported(
        object: object,
        reason:
          "is a link to another file, which slmc does not follow: copy the data into this file")
    }
    var bytes = [CChar](repeating: 0, count: size + 1)
    try checked("H5Lget_val", object) {
      unsafe H5Lget_val(id, path.description, &bytes, size, chdf5_default())
    }
    return String(
      decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private func hasLink(_ path: ObjectPath, in group: ObjectPath) throws(HDF5Error) -> Bool {
    let id = try id
    do throws(HDF5Error) {
      let found = try checked("H5Lexists", object(path)) {
        unsafe H5Lexists(id, path.description, chdf5_default())
      }
      return found > 0
    } catch {
      guard try isGroup(group) else { return false }
      throw error
    }
  }

  /// Of a place that was walked to.
  func isGroup(_ place: ObjectPath) throws(HDF5Error) -> Bool {
    let object = try openDirectly(place, called: place)
    return H5Iget_type(object.id) == H5I_GROUP
  }

  private func openDirectly(
    _ place: ObjectPath, called path: ObjectPath
  ) throws(HDF5Error) -> Handle {
    let id = try id
    return try Handle("H5Oopen", object(path)) {
      unsafe H5Oopen(id, place.description, chdf5_default())
    }
  }

  /// A dataset whose elements lie in this file.
  private func requireOwnBytes(
    _ handle: borrowing Handle, _ path: ObjectPath
  ) throws(HDF5Error) {
    guard H5Iget_type(handle.id) == H5I_DATASET else { return }
    let (id, object) = (handle.id, object(path))
    let properties = try Handle("H5Dget_create_plist", object) { H5Dget_create_plist(id) }
    let isVirtual = H5Pget_layout(properties.id) == H5D_VIRTUAL
    let count = try checked("H5Pget_external_count", object) {
      H5Pget_external_count(properties.id)
    }
    guard isVirtual || count > 0 else { return }
    let kind = isVirtual ? "is a virtual dataset" : "has external storage"
    throw .unsupported(
      object: object,
      reason: "\(kind): its elements lie in other files, which slmc does not read; copy them into "
        + "this one, as h5repack does")
  }
}
