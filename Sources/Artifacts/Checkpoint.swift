public import ContentHash
public import FileSystem

/// Two alternating slots that hold a running chain's state and measurements together.
///
/// A slot is written beside, flushed and renamed; the other keeps the checkpoint before. Reading takes
/// the newest slot whose SHA-256 matches, so a kill or a torn write loses one interval at most.
public struct CheckpointSlots: Sendable {
  let folder: Path
  private var sequence = 0

  public init(_ store: Store, family: Digest) {
    folder = store.root / "checkpoints" / family.description
  }

  private static let magic = Array("slmc-checkpoint/1\n".utf8)

  /// Saves a payload in the older slot.
  public mutating func save(_ payload: [UInt8]) throws(SystemError) {
    try folder.createFolders()
    if sequence == 0 { sequence = newest()?.sequence ?? 0 }
    sequence += 1
    try slot(sequence).replace(
      with: Self.wrap(payload, sequence: sequence), durability: .flushed)
  }

  /// When the newer slot was written, by the file system's clock; 0 when there is none.
  public var lastSaved: Int { [slot(0), slot(1)].compactMap { $0.stamp?.modified }.max() ?? 0 }

  /// The newest whole payload, nil when there is none.
  public func load() -> [UInt8]? { newest()?.payload }

  /// Forgets the chain's checkpoints after its artifact was committed.
  public func clear() { try? folder.removeTree() }

  private func slot(_ sequence: Int) -> Path { folder / (sequence % 2 == 0 ? "even" : "odd") }

  private func newest() -> (sequence: Int, payload: [UInt8])? {
    [slot(0), slot(1)]
      .compactMap { (try? $0.read()).flatMap(Self.unwrap) }
      .max { $0.sequence < $1.sequence }
  }

  /// magic, sequence (8 bytes), SHA-256 of sequence and payload, payload.
  static func wrap(_ payload: [UInt8], sequence: Int) -> [UInt8] {
    var counted: [UInt8] = []
    counted.append(littleEndian: UInt64(sequence))
    return magic + Digest(of: counted + payload).bytes + counted + payload
  }

  static func unwrap(_ bytes: [UInt8]) -> (sequence: Int, payload: [UInt8])? {
    let start = magic.count + 32
    guard bytes.count >= start + 8, bytes.starts(with: magic) else { return nil }
    let counted = Array(bytes[start...])
    guard Digest(bytes: bytes[magic.count..<start]) == Digest(of: counted) else { return nil }
    let sequence = (0..<8).reduce(0) { $0 | UInt64(counted[$1]) << UInt64(8 * $1) }
    // No chain is saved so often: a number that could not be counted on from is nobody's.
    guard (1...(1 << 53)).contains(sequence) else { return nil }
    return (Int(sequence), Array(counted[8...]))
  }
}
