import Randomness
import Testing

@Suite("Random streams")
struct RandomStreamTests {
  private func words(_ stream: RandomStream, _ count: Int) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  @Test("the published answer of Philox4x32-10 for zero key and counter")
  func knownAnswer() {
    let expected: [UInt64] = [0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c]
    #expect(words(RandomStream(key: 0, nonce: 0), 2) == expected)
  }

  @Test("a stream continues from any position", arguments: [0, 1, 31, 32, 33, 64, 1000])
  func resume(position: Int) {
    var stream = RandomStream(key: 3, nonce: 4)
    let all = words(stream, position + 70)
    for _ in 0..<position { _ = stream.next() }
    #expect(stream.state.position == UInt64(position))
    #expect(words(RandomStream(stream.state), 70) == Array(all[position...]))
    #expect(words(stream, 70) == Array(all[position...]))
  }

  @Test("copies are independent values")
  func copies() {
    var first = RandomStream(key: 1, nonce: 2)
    _ = first.next()
    var second = first
    _ = second.next()
    #expect(first.state.position == 1 && second.state.position == 2)
  }

  @Test("keys, nonces and substreams share no word")
  func separation() {
    let root = RandomStream(key: 10, nonce: 20)
    let streams =
      [root, RandomStream(key: 10, nonce: 21), RandomStream(key: 11, nonce: 20)]
      + (0..<20).map { root.substream($0) } + [root.substream(0).substream(0)]
    var seen: Set<UInt64> = []
    // 24 streams of 500 words: an accidental repeat has probability 4e-12.
    for stream in streams { seen.formUnion(words(stream, 500)) }
    #expect(seen.count == streams.count * 500)
  }

  @Test("a substream does not depend on how far its parent has run")
  func substreams() {
    let fresh = RandomStream(key: 5, nonce: 6)
    var used = fresh
    for _ in 0..<77 { _ = used.next() }
    #expect(words(fresh.substream(3), 5) == words(used.substream(3), 5))
  }
}
