/// A number that is a function of means, such as a Binder ratio or a specific heat: it has an error
/// only by resampling the chain.
public struct DerivedObservable: Sendable {
  /// What it is called and what it is.
  public let observable: Observable
  /// The means it is made of; each is the mean of a product of observables, by name.
  public let means: [[String]]
  /// The value from those means, in their order.
  public let value: @Sendable ([Double]) -> Double

  /// A function of means.
  public init(
    _ observable: Observable, of means: [[String]],
    _ value: @escaping @Sendable ([Double]) -> Double
  ) {
    self.observable = observable
    self.means = means
    self.value = value
  }
}
