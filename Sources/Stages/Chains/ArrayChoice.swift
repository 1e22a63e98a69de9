internal import HDF5
internal import Manifest
internal import Pipeline
package import Values

/// Which of a chain's arrays, such as the structure factor at every q, are analysed.
package struct ArrayChoice {
  private enum Wish {
    case all
    case named([String])
  }
  private let wish: Wish

  package static let none = ArrayChoice(wish: .named([]))
  package static let all = ArrayChoice(wish: .all)

  private init(wish: Wish) { self.wish = wish }

  static let field = FieldSchema(
    "arrays",
    .either([.choice(["auto", "never"]), .list(of: .text, count: 1...Int.max)]),
    default: .text("auto"),
    "arrays of the chain that get means, errors, tau and the covariance of the means under /arrays, as "
      + "in [structureFactor]; auto is every array of a stage that measures, and none of "
      + kindsWithoutArrays.joined(separator: " and ") + ", which had analyses before arrays had")

  /// Kinds of chain whose analyses have keys and contents of a time when arrays were passed over.
  private static let kindsWithoutArrays = ["exact-samples", "self-learning-chain"]

  /// - Parameters:
  ///   - settings: of the `analysis` group.
  ///   - kind: of the stage that made the chain.
  package init(_ settings: Record, kind: String) {
    let isAutomatic = settings["arrays"]?.text != "never" && !Self.kindsWithoutArrays.contains(kind)
    let names = settings["arrays"]?.list?.compactMap(\.text)
    wish = names.map(Wish.named) ?? (isAutomatic ? .all : .named([]))
  }

  /// The arrays that are wanted; one that the chain has not is said.
  func names(in chain: HDF5File) throws -> [String] {
    let recorded = try chain.children(of: "/chain").filter { name in
      try chain.shape(of: "/chain/\(name)").count > 2 && !Self.isConfiguration(name, in: chain)
    }
    guard case .named(let names) = wish else { return recorded }
    for name in names where !recorded.contains(name) {
      throw StageFailure(
        "analysis.arrays: the chain records no array `\(name)`; "
          + (recorded.isEmpty ? "it has none" : "it has \(recorded.joined(separator: ", "))"))
    }
    return recorded.filter(names.contains)
  }

  /// What role a column of `/chain` plays, where that is not an observable's.
  static let roleAttribute = "role"
  static let configuration = "configuration"

  /// Configurations are no observables. Their datasets say so; `spins` are known by their name, for
  /// chains that were made before there was the attribute.
  static func isConfiguration(_ name: String, in chain: HDF5File) throws -> Bool {
    if name == "spins" { return true }
    let path = "/chain/\(name)"
    return try chain.hasAttribute(roleAttribute, of: path)
      && chain.stringAttribute(roleAttribute, of: path) == configuration
  }
}
