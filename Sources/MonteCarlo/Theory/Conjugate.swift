/// How ln W depends on a parameter in which it is linear: by what it has to be known to move samples
/// from one value of the parameter to another.
///
///     d ln W / d parameter = sum of factor times observable
public struct Conjugate: Sendable, Equatable {
  /// One part of the derivative.
  public struct Term: Sendable, Equatable {
    /// The recorded quantity.
    public let observable: String
    /// What it counts with.
    public let factor: Double

    /// A quantity with a factor.
    public init(_ observable: String, times factor: Double) {
      self.observable = observable
      self.factor = factor
    }
  }

  /// As the system's group in a manifest calls it.
  public let parameter: String
  /// Added up they are the derivative.
  public let terms: [Term]
  /// Observables that know the parameter themselves, and not through the field alone: their recorded
  /// values are no values at another parameter.
  public let explicit: Set<String>

  /// The derivative of ln W by a parameter.
  public init(_ parameter: String, _ terms: [Term], explicit: Set<String> = []) {
    self.parameter = parameter
    self.terms = terms
    self.explicit = explicit
  }
}

extension PhysicalSystem {
  public var conjugates: [Conjugate] { [] }
}
