extension HDF5File {
  /// The elements of a dataset of floats, last dimension fastest.
  ///
  /// - Parameter rows: of the first dimension; all when nil.
  public func doubles(at path: String, rows: Range<Int>? = nil) throws(HDF5Error) -> [Double] {
    try dataset(path).numbers(.float64, zero: 0, rows: rows)
  }

  /// The elements of a dataset of integers that fit int64.
  public func integers(at path: String, rows: Range<Int>? = nil) throws(HDF5Error) -> [Int] {
    try dataset(path).numbers(.int64, zero: 0, rows: rows)
  }

  /// The elements of a dataset of bytes.
  public func bytes(at path: String) throws(HDF5Error) -> [UInt8] {
    try dataset(path).numbers(.uint8, zero: 0, rows: nil)
  }

  /// The elements of a dataset of complex numbers.
  public func complexNumbers(
    at path: String, rows: Range<Int>? = nil
  ) throws(HDF5Error) -> [Complex128] {
    try dataset(path).numbers(.complex128, zero: Complex128(0, 0), rows: rows)
  }

  /// The elements of a dataset of strings of fixed or variable length.
  public func strings(at path: String, rows: Range<Int>? = nil) throws(HDF5Error) -> [String] {
    try dataset(path).strings(rows: rows)
  }
}
