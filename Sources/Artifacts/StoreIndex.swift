public import ContentHash
internal import FileSystem

/// What is known of the store without opening an artifact. A cache: deleting it costs time only.
///
/// The file is a log of fixed-size records to which every process appends; the last record of a key
/// counts. Where one was torn the next whole one is looked for byte by byte, and the file is written anew
/// without what was damaged. Each record is believed only while the artifact's file
/// still has the inode, size and change time that it had when its digest was checked.
public struct StoreIndex: Sendable {
  /// The store that it is an index of.
  public let store: Store
  private var records: [IndexRecord] = []
  private var byKey: [Digest: Int32] = [:]
  private var byResult: [Digest: Int32] = [:]
  private var byFamily: [Digest: [Int32]] = [:]
  /// How much of the file was read, and of which file.
  private var position = 0
  private var inode: UInt64?
  /// Whether artifacts that no record names were looked for.
  private var isComplete = false

  /// The index as it is now.
  public init(_ store: Store) {
    self.store = store
    if read().isDamaged { rewrite() }
  }

  /// Reads what other processes added since the last look.
  /// - Returns: the keys of the new records.
  @discardableResult
  public mutating func refresh() -> [Digest] { read().keys }

  private mutating func read() -> (keys: [Digest], isDamaged: Bool) {
    startOverIfReplaced()
    let bytes = (try? store.index.read(from: position)) ?? []
    let count = bytes.count / IndexRecord.size
    records.reserveCapacity(records.count + count)
    byKey.reserveCapacity(records.count + count)
    var keys: [Digest] = []
    let found = IndexRecord.all(in: bytes)
    for record in found.records {
      remember(record)
      keys.append(record.key)
    }
    position += found.end
    return (keys, found.isDamaged)
  }

  /// Somebody found damage and wrote the file anew: what was read of the old one stays known.
  private mutating func startOverIfReplaced() {
    guard let stamp = store.index.stamp else { return position = 0 }
    if let inode, inode != stamp.inode || stamp.size < position { position = 0 }
    inode = stamp.inode
  }

  /// A record that another process appends meanwhile is lost, as that of one killed before it did.
  private mutating func rewrite() {
    let bytes = records.flatMap(\.bytes)
    guard (try? store.index.replace(with: bytes)) != nil else { return }
    position = bytes.count
    inode = store.index.stamp?.inode
  }

  private mutating func remember(_ record: IndexRecord) {
    if let place = byKey[record.key] {
      records[Int(place)] = record
    } else {
      byKey[record.key] = Int32(records.count)
      records.append(record)
      if !byResult.isEmpty { byResult[record.result] = Int32(records.count - 1) }
      if record.length >= 0 {
        byFamily[record.family, default: []].append(Int32(records.count - 1))
      }
    }
  }

  /// Whether an artifact was ever seen; `artifact` tells whether it still is there.
  public func contains(_ key: Digest) -> Bool { byKey[key] != nil }

  /// Adds records to the file and to memory.
  public mutating func add(_ new: [IndexRecord]) {
    guard !new.isEmpty else { return }
    for record in new { remember(record) }
    // A cache that cannot be written costs the next run time, not this one its result.
    try? store.index.append(new.flatMap(\.bytes))
  }

  /// The artifact of a recipe, if its file is untouched since its digest was checked; otherwise it is
  /// checked now. nil when it is not there or not what it claims to be.
  public mutating func artifact(_ key: Digest) -> IndexRecord? {
    if let place = byKey[key] {
      let record = records[Int(place)]
      guard let stamp = store.data(of: key).stamp else { return nil }
      if stamp == record.stamp { return record }
    }
    guard let record = store.verifiedRecord(of: key) else { return nil }
    add([record])
    return record
  }

  /// Takes up artifacts that no record names: the index was lost, or somebody was killed between a
  /// commit and its record. Keys are found without, but families and results are known by records.
  private mutating func takeUpUnlisted() {
    guard !isComplete else { return }
    isComplete = true
    let unlisted = ((try? store.keys()) ?? []).filter { byKey[$0] == nil }
    add(unlisted.compactMap { store.verifiedRecord(of: $0) })
  }

  /// Whether what an artifact says of itself is still whole; asked before anything is built on it.
  public func isDescribed(_ record: IndexRecord) -> Bool {
    (try? store.metadata(of: record.key))?.content == record.content
  }

  /// An artifact made of equal inputs by the same stage: what early cut-off takes over.
  public mutating func artifact(result: Digest) -> IndexRecord? {
    takeUpUnlisted()
    if byResult.isEmpty {
      for (place, record) in records.enumerated() { byResult[record.result] = Int32(place) }
    }
    guard let place = byResult[result] else { return nil }
    return artifact(records[Int(place)].key)
  }

  /// Lengths at which a chain is cached, ascending, with their keys.
  public mutating func lengths(of family: Digest) -> [(length: Int, key: Digest)] {
    takeUpUnlisted()
    return (byFamily[family] ?? [])
      .map { (records[Int($0)].length, records[Int($0)].key) }
      .filter { artifact($0.key) != nil }
      .sorted { $0.0 < $1.0 }
  }

  /// The cached chains of a family as they describe themselves, ascending by length.
  public mutating func chains(of family: Digest) -> [ArtifactMetadata] {
    lengths(of: family).compactMap { try? store.metadata(of: $0.key) }
  }

  /// Median CPU seconds of the artifacts of a kind, nil when none was made yet.
  public func typicalSeconds(kind: String) -> Double? {
    let tag = IndexRecord.tag(kind)
    return median(of: records.lazy.filter { $0.kind == tag }.map(\.seconds))
  }

  /// Median CPU seconds per step of the chains of a kind; an extended chain counts with what its last
  /// part took, so this is what a step costs at least.
  public func typicalSecondsPerStep(kind: String) -> Double? {
    let tag = IndexRecord.tag(kind)
    let chains = records.lazy.filter { $0.kind == tag && $0.length > 0 }
    return median(of: chains.map { $0.seconds / Double($0.length) })
  }

  /// CPU seconds per unit of all work of a manner so far; of a manner that is new the rate of the
  /// largest job of its kind, where what every job costs on top matters least. nil without either.
  public func secondsPerUnit(manner: String, kind: String) -> Double? {
    let (mannerTag, kindTag) = (IndexRecord.tag(manner), IndexRecord.tag(kind))
    var done = (seconds: 0.0, effort: 0.0)
    var largest: IndexRecord?
    for record in records where record.effort > 0 && record.kind == kindTag {
      if record.effort > largest?.effort ?? 0 { largest = record }
      guard record.manner == mannerTag else { continue }
      done = (done.seconds + record.seconds, done.effort + record.effort)
    }
    if done.effort > 0 { return done.seconds / done.effort }
    return largest.map { $0.seconds / $0.effort }
  }

  private func median(of numbers: some Sequence<Double>) -> Double? {
    let sorted = numbers.sorted()
    return sorted.isEmpty ? nil : sorted[sorted.count / 2]
  }

  /// Mean bytes of the artifacts of a kind.
  public func typicalBytes(kind: String) -> Int? {
    let tag = IndexRecord.tag(kind)
    let sizes = records.lazy.filter { $0.kind == tag }.map(\.stamp.size)
    return sizes.isEmpty ? nil : sizes.reduce(0, +) / sizes.count
  }
}
