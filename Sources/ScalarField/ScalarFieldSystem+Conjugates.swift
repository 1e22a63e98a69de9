internal import Lattice
public import MonteCarlo

/// S is linear in m^2 and lambda, for all conventions but `hopping`: a parameter that stands in front of
/// sum phi^2 or sum phi^4 has that sum as its conjugate,
///
///     d ln W / d a = -sum phi^2,   d ln W / d q = -sum phi^4
///
/// and sum phi^4 is known from two recorded numbers, as sum phi dS/dphi = 2 S + 2 q sum phi^4 without a
/// constant.
extension ScalarFieldSystem {
  public var conjugates: [Conjugate] {
    guard let slopes = couplings.slopes else { return [] }
    let count = Double(lattice.sites)
    let explicit: Set = ["action", "schwingerDyson"]
    let mass = Conjugate(
      "massSquared", [.init("fieldSquared", times: -slopes.quadratic * count)], explicit: explicit)
    guard couplings.quartic > 0 else { return [mass] }
    let factor = slopes.quartic * count / couplings.quartic
    let quartic = Conjugate(
      "lambda",
      [.init("action", times: factor), .init("schwingerDyson", times: -factor / 2)],
      explicit: explicit)
    return [mass, quartic]
  }
}
