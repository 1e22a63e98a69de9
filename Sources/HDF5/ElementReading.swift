internal import CHDF5

extension Container {
  /// Numbers of one type, or an error naming the type found.
  ///
  /// - Parameter zero: fills the result before the library overwrites it.
  func numbers<Element: BitwiseCopyable>(
    _ wanted: ElementType, zero: Element, rows: Range<Int>?
  ) throws(HDF5Error) -> [Element] {
    let found = try elementType()
    guard found.widens(to: wanted) else {
      throw .wrongType(object: object, expected: wanted.description, found: found.description)
    }
    let type = try StoredType.make(wanted, for: object)
    let selection = try selection(rows)
    var values = [Element](repeating: zero, count: selection.count)
    guard selection.count > 0 else { return values }
    try unsafe values.withUnsafeMutableBytes(throwing: { (buffer) throws(HDF5Error) in
      try unsafe read(
        as: type, memory: selection.memory.id, file: selection.file.id, into: buffer.baseAddress)
    })
    return values
  }

  /// The elements as they are, in little-endian byte order.
  func littleEndian() throws(HDF5Error) -> [UInt8] {
    let type = try memoryType()
    let id = type.id
    try checked("H5Tset_order", object) { H5Tset_order(id, H5T_ORDER_LE) }
    let selection = try selection(nil)
    var bytes = [UInt8](repeating: 0, count: selection.count * H5Tget_size(id))
    guard !bytes.isEmpty else { return bytes }
    try unsafe bytes.withUnsafeMutableBytes(throwing: { (buffer) throws(HDF5Error) in
      try unsafe read(
        as: type, memory: selection.memory.id, file: selection.file.id, into: buffer.baseAddress)
    })
    return bytes
  }

  /// Text, which must be valid UTF-8; the padding of fixed-length strings is removed.
  func strings(rows: Range<Int>?) throws(HDF5Error) -> [String] {
    let type = try fileType()
    let found = StoredType.elementType(of: type)
    guard found == .string else {
      throw .wrongType(object: object, expected: "string", found: found.description)
    }
    let selection = try selection(rows)
    guard selection.count > 0 else { return [] }
    let id = type.id
    let variable = try checked("H5Tis_variable_str", object) { H5Tis_variable_str(id) }
    return variable > 0
      ? try variableStrings(type, selection) : try fixedStrings(try memoryType(), selection)
  }
}

extension Container {
  /// A copy of the type in the file, which itself cannot be changed.
  private func memoryType() throws(HDF5Error) -> Handle {
    let type = try fileType()
    return try Handle("H5Tcopy", object) { H5Tcopy(type.id) }
  }

  private func fixedStrings(
    _ type: borrowing Handle, _ selection: borrowing Selection
  ) throws(HDF5Error) -> [String] {
    let id = type.id
    let length = max(1, H5Tget_size(id))
    try checked("H5Tset_strpad", object) { H5Tset_strpad(id, H5T_STR_NULLPAD) }
    var bytes = [UInt8](repeating: 0, count: selection.count * length)
    try unsafe bytes.withUnsafeMutableBytes(throwing: { (buffer) throws(HDF5Error) in
      try unsafe read(
        as: type, memory: selection.memory.id, file: selection.file.id, into: buffer.baseAddress)
    })
    var strings: [String] = []
    for start in stride(from: 0, to: bytes.count, by: length) {
      let padded = bytes[start..<(start + length)]
      let end = padded.lastIndex { $0 != 0 }.map { $0 + 1 } ?? start
      strings.append(try text(padded[..<end]))
    }
    return strings
  }

  private func variableStrings(
    _ type: borrowing Handle, _ selection: borrowing Selection
  ) throws(HDF5Error) -> [String] {
    var pointers = unsafe [UnsafeMutablePointer<CChar>?](repeating: nil, count: selection.count)
    let (id, memory) = (type.id, selection.memory.id)
    try unsafe pointers.withUnsafeMutableBytes(throwing: { (buffer) throws(HDF5Error) in
      try unsafe read(
        as: type, memory: memory, file: selection.file.id, into: buffer.baseAddress)
    })
    defer { _ = unsafe H5Dvlen_reclaim(id, memory, chdf5_default(), &pointers) }
    var strings: [String] = []
    for index in unsafe pointers.indices {
      guard let pointer = unsafe pointers[index] else {
        strings.append("")
        continue
      }
      var bytes: [UInt8] = []
      while unsafe pointer[bytes.count] != 0 {
        bytes.append(unsafe UInt8(bitPattern: pointer[bytes.count]))
      }
      strings.append(try text(bytes[...]))
    }
    return strings
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(HDF5Error) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unsupported(object: object, reason: "holds text that is not valid UTF-8")
    }
    return text
  }
}

extension Array {
  /// `withUnsafeMutableBytes` that keeps the type of the error.
  fileprivate mutating func withUnsafeMutableBytes<Failure: Error>(
    throwing body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let outcome = unsafe withUnsafeMutableBytes { buffer in
      do throws(Failure) {
        return Result<Void, Failure>.success(unsafe try body(buffer))
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }
}
