internal import FileSystem

extension IndexRecord {
  /// What a stretch of the index holds.
  struct Scan {
    var records: [IndexRecord] = []
    /// How much of the bytes was dealt with; what follows may be a record that is still being written.
    var end = 0
    var isDamaged = false
  }

  /// The whole records among the bytes. One that was torn, by a full disk or by two writers of a network
  /// file system, shifts all that follow: the next place where a checksum fits is looked for.
  static func all(in bytes: [UInt8]) -> Scan {
    var scan = Scan()
    unsafe bytes.withUnsafeBytes { buffer in
      while scan.end + size <= buffer.count {
        let slice = unsafe UnsafeRawBufferPointer(rebasing: buffer[scan.end..<(scan.end + size)])
        if let record = unsafe IndexRecord(slice) {
          scan.records.append(record)
          scan.end += size
        } else {
          scan.isDamaged = true
          scan.end += 1
        }
      }
    }
    return scan
  }
}
