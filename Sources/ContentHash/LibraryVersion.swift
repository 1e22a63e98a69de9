internal import CCrypto

/// The OpenSSL library that this program is linked with, as it calls itself.
public var hashLibraryVersion: String { unsafe String(cString: OpenSSL_version(0)) }
