public import ContentHash
public import FileSystem

/// Two alternating slots that hold a running chain's state and measurements together.
///
/// A slot is written beside, flushed and renamed; the other keeps the checkpoint before. Reading takes
/// the newest slot whose SHA-256 matches, so a kill or a torn write loses one interval at most.
///
/// The checksum covers what the chain belongs to as well. The folder is named by the family, which names
/// the inputs' recipes and not what they held: an input that was made again with another content, or a
/// slot that came from elsewhere, must not be continued.
public struct CheckpointSlots: Sendable {
  let folder: Path
  private let binding: Digest?
  private var sequence = 0

  /// - Parameter binding: to what a slot has to belong; nil for who only looks after the files.
  public init(_ store: Store, family: Digest, binding: Digest? = nil) {
    folder = store.root / "checkpoints" / family.description
    self.binding = binding
  }

  private static let magic = Array("slmc-checkpoint/2\n".utf8)

  /// Saves a payload in the older slot.
  public mutating func save(_ payload: [UInt8]) throws(SystemError) {
    try folder.createFolders()
    if sequence == 0 { sequence = newest()?.sequence ?? 0 }
    sequence += 1
    try slot(sequence).replace(
      with: wrap(payload, sequence: sequence), durability: .flushed)
  }

  /// When the newer slot was written, by the file system's clock; 0 when there is none.
  public var lastSaved: Int { [slot(0), slot(1)].compactMap { $0.stamp?.modified }.max() ?? 0 }

  /// The newest whole payload, nil when there is none.
  public func load() -> [UInt8]? { newest()?.payload }

  /// The newest payload whoever it belongs to and whether or not it is whole: for people to look at, never
  /// to be continued.
  public func glimpse() -> [UInt8]? {
    [slot(0), slot(1)]
      .compactMap { (try? $0.read()).flatMap(Self.parts) }
      .max { $0.sequence < $1.sequence }?.payload
  }

  /// Forgets the chain's checkpoints after its artifact was committed.
  public func clear() { try? folder.removeTree() }

  private func slot(_ sequence: Int) -> Path { folder / (sequence % 2 == 0 ? "even" : "odd") }

  private func newest() -> (sequence: Int, payload: [UInt8])? {
    [slot(0), slot(1)]
      .compactMap { (try? $0.read()).flatMap(unwrap) }
      .max { $0.sequence < $1.sequence }
  }

  /// magic, SHA-256 of binding, sequence and payload, sequence (8 bytes), payload. The binding itself is
  /// not written: who has another one finds that the sum is wrong.
  private func wrap(_ payload: [UInt8], sequence: Int) -> [UInt8] {
    var counted: [UInt8] = []
    counted.append(littleEndian: UInt64(sequence))
    counted += payload
    return Self.magic + sum(counted).bytes + counted
  }

  private func sum(_ counted: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(binding?.bytes ?? [])
    hash.update(counted)
    return hash.finish()
  }

  private func unwrap(_ bytes: [UInt8]) -> (sequence: Int, payload: [UInt8])? {
    guard let (sum, sequence, payload) = Self.parts(bytes),
      sum == self.sum(Array(bytes.dropFirst(Self.headLength)))
    else { return nil }
    return (sequence, payload)
  }

  private static let headLength = magic.count + 32

  private static func parts(
    _ bytes: [UInt8]
  ) -> (sum: Digest, sequence: Int, payload: [UInt8])? {
    let counted = bytes.dropFirst(headLength)
    guard counted.count >= 8, bytes.starts(with: magic) else { return nil }
    let sequence = counted.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // No chain is saved so often: a number that could not be counted on from is nobody's.
    guard (1...(1 << 53)).contains(sequence) else { return nil }
    let sum = Digest(bytes: bytes[magic.count..<headLength])
    return (sum, Int(sequence), Array(counted.dropFirst(8)))
  }
}
