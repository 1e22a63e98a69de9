/// What the elements of a dataset or attribute are, regardless of byte order and storage.
public enum ElementType: Equatable, Sendable {
  case float(bits: Int)
  case integer(bits: Int, signed: Bool)
  /// A compound of two floats named `r` and `i`, as h5py stores complex numbers.
  case complex(bits: Int)
  /// Text of fixed or variable length.
  case string
  /// Valid HDF5 that slmc neither writes nor reads, by a short name.
  case other(String)

  /// `Double`.
  public static let float64 = ElementType.float(bits: 64)
  /// A byte.
  public static let uint8 = ElementType.integer(bits: 8, signed: false)
  /// `Int`.
  public static let int64 = ElementType.integer(bits: 64, signed: true)
  /// Two `Double`.
  public static let complex128 = ElementType.complex(bits: 128)
}

extension ElementType: CustomStringConvertible {
  /// The logical name: `float64`, `int64`, `complex128`, `string`; also `float32`, `uint8`, ….
  public var description: String {
    switch self {
    case .float(let bits): "float\(bits)"
    case .integer(let bits, signed: true): "int\(bits)"
    case .integer(let bits, signed: false): "uint\(bits)"
    case .complex(let bits): "complex\(bits)"
    case .string: "string"
    case .other(let name): name
    }
  }
}

extension ElementType {
  /// Whether every value of this type is also one of `wanted`: the library clips the others.
  func widens(to wanted: ElementType) -> Bool {
    switch (self, wanted) {
    case (.float(let bits), .float(let room)): bits <= room
    case (.complex(let bits), .complex(let room)): bits <= room
    case (.integer(let bits, signed: true), .integer(let room, signed: true)): bits <= room
    case (.integer(let bits, signed: false), .integer(let room, signed: true)): bits < room
    default: self == wanted
    }
  }
}

/// A complex number as it lies in a file: real part first.
public struct Complex128: Equatable, Sendable, BitwiseCopyable {
  /// The real part.
  public var real: Double
  /// The imaginary part.
  public var imaginary: Double

  /// From real and imaginary part.
  public init(_ real: Double, _ imaginary: Double) {
    self.real = real
    self.imaginary = imaginary
  }
}
