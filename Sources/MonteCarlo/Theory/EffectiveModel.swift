public import Lattice
public import Randomness

/// A cheap stand-in for an exact weight: ln W_eff = -H_eff / T with trainable parameters.
///
/// A value: the architecture and its numbers. Evaluating needs a worker with workspace for one
/// lattice.
public protocol EffectiveModel: Sendable {
  /// Name of the architecture in manifests and artifacts ("linear", "attention", …).
  var kind: String { get }
  /// All trainable numbers, in one buffer with named ranges.
  var parameters: ParameterBuffer { get set }
  /// A worker for fields on `lattice`; throws when the model asks for shells it does not have.
  func makeEnergy(on lattice: Torus) throws(FieldError) -> any EffectiveEnergy
}

/// One flat buffer of trainable numbers and what each range of it means.
public struct ParameterBuffer: Sendable, Equatable {
  /// A named part of the buffer.
  public struct Range: Sendable, Equatable {
    /// What it is called in the model's file.
    public let name: String
    /// Of the array that it holds.
    public let shape: [Int]
    /// Where it begins.
    public let offset: Int
    /// How many numbers it holds.
    public var count: Int { shape.reduce(1, *) }
  }

  /// In the order of the buffer.
  public private(set) var ranges: [Range] = []
  /// All numbers, range after range.
  public var values: [Double] = []

  public init() {}

  /// Appends a range filled with `value`.
  public mutating func append(_ name: String, shape: [Int], filledWith value: Double = 0) {
    let range = Range(name: name, shape: shape, offset: values.count)
    ranges.append(range)
    values += [Double](repeating: value, count: range.count)
  }

  /// The numbers of a range; none where there is no such range.
  public subscript(name: String) -> ArraySlice<Double> {
    get {
      guard let range = ranges.first(where: { $0.name == name }) else { return [] }
      return values[range.offset..<(range.offset + range.count)]
    }
    set {
      guard let range = ranges.first(where: { $0.name == name }) else { return }
      precondition(newValue.count == range.count)
      values.replaceSubrange(range.offset..<(range.offset + range.count), with: newValue)
    }
  }
}

/// Evaluates a model on fields of one lattice.
public protocol EffectiveEnergy: AnyObject {
  /// H_eff of the field.
  func energy(_ field: borrowing Field) -> Double
  /// H_eff; its derivative by the field is *added* to `gradient` times `scale`.
  func fieldGradient(_ field: borrowing Field, scale: Double, into gradient: inout [Double])
    -> Double
  /// H_eff; its derivative by the parameters is *added* to `gradient` times `scale`.
  func parameterGradient(
    _ field: borrowing Field, scale: Double, into gradient: inout [Double]
  ) -> Double
  /// A sampler that walks on exp(-H_eff / T) from `field`, one site at a time.
  func makeLocalSampler(from field: Field, temperature: Double) -> any LocalSampler
}

/// A Markov chain of single-site updates for an effective model: it holds the field and whatever
/// the model caches to make a local change cheap.
public protocol LocalSampler: AnyObject {
  var field: Field { get }
  /// H_eff of the current field, up to date.
  var energy: Double { get }
  /// Starts again from `field` (after a rejected proposal).
  func reset(to field: borrowing Field)
  /// One sweep of updates in detailed balance with exp(-H_eff / T); returns the accepted share.
  ///
  /// Invariance is not enough: the exact test of the self-learning chain takes the sweep for its
  /// own time reversal, which a random order of the sites provides and a fixed order does not.
  func sweep(using random: inout RandomStream) -> Double
  /// Width of the proposal, where there is one to tune before measuring; nil where there is none.
  var step: Double? { get set }
}

/// A local sampler that can also move far at constant energy.
public protocol OverrelaxingSampler: LocalSampler {
  /// One sweep of reflections that leave H_eff as it is, in a random order of the sites.
  func overrelax(using random: inout RandomStream)
}
