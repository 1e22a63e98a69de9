/// The couplings of lattice phi^4 in the ways in which people write it, and what is computed:
///
///     S = sum_x [ a phi^2 + q phi^4 - b sum_mu phi_x phi_{x+mu} + c ]
public struct ScalarCouplings: Sendable, Equatable {
  /// a.
  public let quadratic: Double
  /// q.
  public let quartic: Double
  /// b.
  public let neighbour: Double
  /// c.
  public let constant: Double
  /// Of the lattice.
  public let dimension: Int
  /// da/dm^2 and dq/dlambda; nil where lambda stands elsewhere too.
  let slopes: Slopes?

  struct Slopes: Sendable, Equatable {
    let quadratic: Double
    let quartic: Double
  }

  /// How the action is written; d is the number of dimensions.
  public enum Convention: String, Sendable, CaseIterable {
    /// S = sum (kappa/2) sum_mu (phi_{x+mu} - phi_x)^2 + (m^2/2) phi^2 + lambda phi^4.
    case kappa
    /// S = sum sum_mu (phi_{x+mu} - phi_x)^2 + m^2 phi^2 + lambda phi^4 (arXiv:1904.12072).
    case plain
    /// As `kappa`, with (lambda/4!) phi^4.
    case factorial
    /// S = sum -2 kappa sum_mu phi_x phi_{x+mu} + phi^2 + lambda (phi^2 - 1)^2.
    case hopping
  }

  /// - Parameter massSquared: m^2; `hopping` has none.
  public init(
    _ convention: Convention, massSquared: Double, lambda: Double, kappa: Double, dimension: Int
  ) {
    self.dimension = dimension
    let directions = Double(dimension)
    switch convention {
    case .kappa, .factorial:
      quadratic = kappa * directions + massSquared / 2
      quartic = convention == .kappa ? lambda : lambda / 24
      (neighbour, constant) = (kappa, 0)
      slopes = Slopes(quadratic: 0.5, quartic: convention == .kappa ? 1 : 1.0 / 24)
    case .plain:
      quadratic = 2 * directions + massSquared
      (quartic, neighbour, constant) = (lambda, 2, 0)
      slopes = Slopes(quadratic: 1, quartic: 1)
    case .hopping:
      quadratic = 1 - 2 * lambda
      (quartic, neighbour, constant) = (lambda, 2 * kappa, lambda)
      slopes = nil
    }
  }

  /// Whether the action is bounded from below.
  public var holdsTheField: Bool {
    quartic > 0 || (quartic == 0 && quadratic > Double(dimension) * abs(neighbour))
  }

  /// The same theory in a convention, for a field `scale` times as large; nil where there is none.
  public func equivalent(
    in convention: Convention
  ) -> (massSquared: Double?, lambda: Double, kappa: Double?, scale: Double)? {
    guard neighbour > 0 else { return nil }
    let directions = Double(dimension)
    switch convention {
    case .plain:
      let square = 2 / neighbour
      return (
        square * quadratic - 2 * directions, square * square * quartic, nil,
        (1 / square).squareRoot()
      )
    case .kappa, .factorial:
      let lambda = quartic / (neighbour * neighbour)
      return (
        2 * (quadratic / neighbour - directions), convention == .kappa ? lambda : 24 * lambda, 1,
        neighbour.squareRoot()
      )
    case .hopping:
      // a s^2 = 1 - 2 lambda and q s^4 = lambda for phi = s chi.
      let root = (quadratic * quadratic + 8 * quartic).squareRoot()
      let square = quartic > 0 ? (root - quadratic) / (4 * quartic) : 1 / quadratic
      return (nil, quartic * square * square, neighbour * square / 2, (1 / square).squareRoot())
    }
  }
}
