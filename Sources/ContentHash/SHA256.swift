internal import CCrypto
public import Values

/// SHA-256 over bytes that arrive in pieces (libcrypto).
@safe public struct SHA256: ~Copyable {
  private let context: OpaquePointer?

  public init() {
    unsafe context = EVP_MD_CTX_new()
    let status = unsafe EVP_DigestInit_ex(context, sha256, nil)
    precondition(status == 1, "libcrypto has no SHA-256")
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Takes in more bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let status = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(status == 1, "EVP_DigestUpdate failed")
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// The digest of all bytes taken in.
  public consuming func finish() -> Digest {
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      let status = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      precondition(status == 1, "EVP_DigestFinal_ex failed")
      count = 32
    }
    return Digest(bytes: bytes)
  }

  /// Fetched once: an implicit fetch at every call costs more than hashing a key.
  fileprivate static func digest(_ bytes: [UInt8]) -> Digest {
    var hash = SHA256()
    hash.update(bytes)
    return hash.finish()
  }
}

private nonisolated(unsafe) let sha256 = unsafe EVP_MD_fetch(nil, "SHA256", nil)

extension Digest {
  /// The digest of raw bytes.
  public init(of bytes: [UInt8]) { self = SHA256.digest(bytes) }

  /// The digest of a value's canonical bytes under a domain such as "slmc-recipe/1": a value hashed
  /// for one purpose never collides with the same value hashed for another.
  public init(of value: Value, domain: String) {
    var encoder = CanonicalEncoder()
    encoder.append(domain)
    encoder.append(value)
    self.init(of: encoder.bytes)
  }
}
