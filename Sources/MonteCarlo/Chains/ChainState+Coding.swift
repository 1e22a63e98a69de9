package import Randomness

extension ChainState {
  /// Saves where a stream stands.
  package mutating func store(_ stream: RandomStream, as name: String) {
    words[name] = [stream.state.key, stream.state.nonce, stream.state.position]
  }

  /// The stream as it stood.
  package func stream(_ name: String) throws(FieldError) -> RandomStream {
    guard let saved = words[name], saved.count == 3 else {
      throw FieldError("the saved state has no stream '\(name)'")
    }
    return RandomStream(RandomStream.State(key: saved[0], nonce: saved[1], position: saved[2]))
  }

  /// So many numbers under that name.
  package func numbers(_ name: String, count: Int) throws(FieldError) -> [Double] {
    guard let saved = reals[name], saved.count == count else {
      throw FieldError("the saved state has no \(count) numbers '\(name)'")
    }
    return saved
  }
}
