internal import CRandom123

/// A counter-based stream of random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC 2011).
///
/// A stream is named by 128 bits (a key and a nonce), normally taken from a hash of what the
/// numbers are for. Two names never share a number, no stream has to be advanced past another,
/// and the whole state is four integers, so a chain resumes bit for bit.
public struct RandomStream: Sendable {
  /// Everything needed to continue the stream at the next number.
  public struct State: Sendable, Equatable {
    /// Half of the stream's name.
    public var key: UInt64
    /// The other half.
    public var nonce: UInt64
    /// How many 64-bit words were drawn so far.
    public var position: UInt64

    /// A place in a stream.
    public init(key: UInt64, nonce: UInt64, position: UInt64) {
      self.key = key
      self.nonce = nonce
      self.position = position
    }
  }

  @usableFromInline static let capacity = 32
  @usableFromInline let key: UInt64
  @usableFromInline let nonce: UInt64
  /// Position of the first word in `words`.
  @usableFromInline var origin: UInt64
  @usableFromInline var used: Int
  @usableFromInline var words: InlineArray<32, UInt64>

  /// The beginning of the stream of that name.
  public init(key: UInt64, nonce: UInt64) {
    self.init(State(key: key, nonce: nonce, position: 0))
  }

  /// The stream as it stood.
  public init(_ state: State) {
    key = state.key
    nonce = state.nonce
    origin = state.position / UInt64(Self.capacity) * UInt64(Self.capacity)
    used = Int(state.position - origin)
    words = InlineArray(repeating: 0)
    fill()
  }

  /// Where it stands, to be saved and continued.
  public var state: State {
    State(key: key, nonce: nonce, position: origin + UInt64(used))
  }

  /// An independent stream for part `index` of the work (a replica, a site, a start).
  ///
  /// Its name is a Philox block under a key that no stream uses for its own numbers.
  public func substream(_ index: UInt64) -> RandomStream {
    let name = block(index, nonce: nonce, key: key ^ 0x5bd1_e995_9e37_79b9)
    return RandomStream(key: name.0, nonce: name.1)
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    if used == Self.capacity {
      origin += UInt64(Self.capacity)
      used = 0
      fill()
    }
    defer { used += 1 }
    return words[used]
  }

  @usableFromInline
  mutating func fill() {
    for i in 0..<(Self.capacity / 2) {
      let pair = block(origin / 2 + UInt64(i), nonce: nonce, key: key)
      words[2 * i] = pair.0
      words[2 * i + 1] = pair.1
    }
  }
}

/// One Philox block: two 64-bit words for a 64-bit index, nonce and key.
private func block(_ index: UInt64, nonce: UInt64, key: UInt64) -> (UInt64, UInt64) {
  let counter = philox4x32_ctr_t(
    v: (low(index), high(index), low(nonce), high(nonce)))
  let out = philox4x32_R(10, counter, philox4x32_key_t(v: (low(key), high(key)))).v
  return (joined(out.0, out.1), joined(out.2, out.3))
}

private func low(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word) }
private func high(_ word: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
private func joined(_ low: UInt32, _ high: UInt32) -> UInt64 { UInt64(low) | UInt64(high) << 32 }
