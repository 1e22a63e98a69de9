/// Why a series cannot be analysed. Indices are 0-based; the texts count from 0 as well.
public enum SeriesError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No replica at all.
  case empty
  /// NaN or infinity at a place.
  case notFinite(replica: Int, index: Int)
  /// Fewer samples than the method needs.
  case tooShort(replica: Int, length: Int, needed: Int)
  /// Every sample of every replica is the same number.
  case constant(value: Double)
  /// A method that needs replicas (or series) of one length got these.
  case unequalLengths([Int])
  /// The spread of the samples overflows double precision.
  case spreadOverflows
  /// An argument outside its range.
  case argument(String)

  public var description: String {
    switch self {
    case .empty:
      "the series is empty"
    case .notFinite(let replica, let index):
      "sample \(index) of replica \(replica) is not a finite number"
    case .tooShort(let replica, let length, let needed):
      "replica \(replica) has \(Self.samples(length)), at least \(needed) are needed"
    case .constant(let value):
      "the series is constant (every sample is \(value)), so it has no autocorrelation: "
        + "did the chain ever move?"
    case .unequalLengths(let lengths):
      "the series have unequal lengths (\(lengths.map(String.init).joined(separator: ", ")))"
    case .spreadOverflows:
      "the spread of the samples is beyond the range of double precision"
    case .argument(let text):
      text
    }
  }

  private static func samples(_ count: Int) -> String {
    count == 1 ? "1 sample" : "\(count) samples"
  }
}
