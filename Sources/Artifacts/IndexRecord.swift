public import ContentHash
public import FileSystem
internal import Values

/// One verified artifact in the index: 27 words, the last a checksum.
public struct IndexRecord: Sendable, Equatable {
  static let size = 27 * 8

  /// The artifact's recipe key.
  public var key: Digest
  /// Its recipe without the length.
  public var family: Digest
  /// The digest under which an equal result is known.
  public var result: Digest
  /// The digest of what it holds.
  public var content: Digest
  /// -1 for artifacts without a length.
  public var length: Int
  /// data.h5 as it was when its digest was last checked.
  public var stamp: FileStamp
  /// What it took; 0 where that is not known.
  public var cpuMicroseconds: Int
  /// First word of the digest of the kind's name, for rates by kind.
  public var kind: UInt64
  /// Of the manner of its work likewise, and how much work that was; 0 where its kind does not tell.
  public var manner: UInt64
  /// How much work it was, in the units of its manner.
  public var effort: Double
  /// Of what the result rests on besides its recipe; 0 where that is nothing.
  public var surroundings: UInt64

  /// The record of an artifact whose file was just checked.
  public init(_ metadata: ArtifactMetadata, stamp: FileStamp) {
    key = metadata.key
    family = metadata.family
    result = metadata.result
    content = metadata.content
    length = metadata.length ?? -1
    self.stamp = stamp
    cpuMicroseconds = Int(min(max(metadata.cpuSeconds, 0), 9e9) * 1e6)
    kind = Self.tag(metadata.kind)
    manner = metadata.effort.map { Self.tag($0.manner) } ?? 0
    effort = metadata.effort?.amount ?? 0
    surroundings = metadata.surroundings?.tag ?? 0
  }

  static func tag(_ name: String) -> UInt64 {
    Digest(of: Array(name.utf8)).streamName.key
  }

  var seconds: Double { Double(cpuMicroseconds) / 1e6 }

  var bytes: [UInt8] {
    var bytes = key.bytes + family.bytes + result.bytes + content.bytes
    let words: [UInt64] = [
      UInt64(bitPattern: Int64(length)), stamp.inode, UInt64(bitPattern: Int64(stamp.size)),
      UInt64(bitPattern: Int64(stamp.modified)), UInt64(bitPattern: Int64(stamp.changed)),
      UInt64(bitPattern: Int64(cpuMicroseconds)), kind, manner,
      effort.bitPattern, surroundings,
    ]
    for word in words { bytes.append(littleEndian: word) }
    bytes.append(littleEndian: Self.checksum(bytes[...]))
    return bytes
  }

  /// nil when the checksum does not match, or numbers cannot be: a torn or foreign record.
  init?(_ bytes: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> UInt64 {
      unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    var sum = Self.basis
    for index in 0..<26 { sum = Self.mix(sum, word(index)) }
    guard sum == word(26) else { return nil }
    unsafe key = Digest(storedAt: bytes, offset: 0)
    unsafe family = Digest(storedAt: bytes, offset: 32)
    unsafe result = Digest(storedAt: bytes, offset: 64)
    unsafe content = Digest(storedAt: bytes, offset: 96)
    length = Int(Int64(bitPattern: word(16)))
    stamp = FileStamp(
      inode: word(17), size: Int(Int64(bitPattern: word(18))),
      modified: Int(Int64(bitPattern: word(19))), changed: Int(Int64(bitPattern: word(20))))
    cpuMicroseconds = Int(Int64(bitPattern: word(21)))
    kind = word(22)
    manner = word(23)
    effort = Double(bitPattern: word(24))
    surroundings = word(25)
    guard length >= -1, (0...Self.largest).contains(stamp.size),
      (0...Self.largest).contains(cpuMicroseconds), effort >= 0, effort.isFinite
    else { return nil }
  }

  /// Bytes or microseconds of one artifact, with room to add them up.
  private static let largest = 1 << 53

  private static let basis: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Enough to notice a torn write; artifacts themselves are guarded by SHA-256.
  private static func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0x9e37_79b9_7f4a_7c15
    return product ^ (product >> 29)
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).reduce(basis) { sum, start in
      mix(sum, (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
    }
  }
}

extension [UInt8] {
  mutating func append(littleEndian word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }
}
