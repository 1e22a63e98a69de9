internal import Lattice
public import MonteCarlo

/// The action is linear in m^2 and lambda:
///
///     d ln W / d m^2 = -sum phi^2 / 2,   d ln W / d lambda = -sum phi^4
///
/// and sum phi^4 is known from two recorded numbers, as sum phi dS/dphi = 2 S + 2 lambda sum phi^4.
extension ScalarFieldSystem {
  public var conjugates: [Conjugate] {
    let count = Double(lattice.sites)
    let explicit: Set = ["action", "schwingerDyson"]
    let mass = Conjugate(
      "massSquared", [.init("fieldSquared", times: -count / 2)], explicit: explicit)
    guard lambda > 0 else { return [mass] }
    let quartic = Conjugate(
      "lambda",
      [
        .init("action", times: count / lambda),
        .init("schwingerDyson", times: -count / (2 * lambda)),
      ], explicit: explicit)
    return [mass, quartic]
  }
}
