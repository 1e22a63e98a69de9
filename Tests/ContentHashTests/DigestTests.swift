import ContentHash
import Testing
import Values

@Suite struct DigestTests {
  /// NIST's examples of SHA-256 (FIPS 180-4).
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func standard(text: String, digest: String) {
    #expect(Digest(of: Array(text.utf8)).description == digest)
    var hash = SHA256()
    for byte in text.utf8 { hash.update([byte]) }
    #expect(hash.finish().description == digest)
  }

  @Test func aMillionLettersInUnevenPieces() {
    var hash = SHA256()
    var left = 1_000_000
    var size = 1
    while left > 0 {
      hash.update([UInt8](repeating: UInt8(ascii: "a"), count: min(size, left)))
      left -= min(size, left)
      size = size * 3 + 1
    }
    #expect(
      hash.finish().description
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func textBytesAndOrderAgree() throws {
    let digests = (0..<200).map { Digest(of: [UInt8($0)]) }
    for digest in digests {
      #expect(Digest(digest.description) == digest)
      #expect(Digest(bytes: digest.bytes) == digest)
      #expect(digest.description.hasPrefix(digest.short))
    }
    #expect(digests.sorted().map(\.description) == digests.map(\.description).sorted())
  }

  @Test func textThatIsNoDigest() {
    let good = String(repeating: "0", count: 64)
    #expect(Digest(good) != nil)
    #expect(Digest(good.dropLast()) == nil)
    #expect(Digest(good.dropLast() + "g") == nil)
    #expect(Digest(good.dropLast() + "A") == nil)
    #expect(Digest(good.dropLast(2) + "é") == nil)
  }

  /// sha256 of the canonical bytes of the domain's name and then of the value.
  @Test func aValueUnderADomain() {
    let value: Value = .record(["x": .integer(1)])
    #expect(
      Digest(of: value, domain: "slmc-group/1").description
        == "f3d0f6de9db13d9f9eab967df3324f9cdd9fbeba50bfaa293fd7324a8f2dfb4f")
    #expect(Digest(of: value, domain: "slmc-group/1") != Digest(of: value, domain: "slmc-group/2"))
  }
}
