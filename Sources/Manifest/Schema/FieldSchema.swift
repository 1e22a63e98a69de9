public import Values

/// One field of a parameter group: its type and everything a reader wants to know about it.
public struct FieldSchema: Sendable {
  /// What a field does to a stage's identity.
  public enum Role: Sendable, Hashable {
    /// Part of the recipe: another value is another result.
    case identity
    /// How long a chain runs: more extends the cached chain, less is its prefix.
    case length
    /// What a chain runs until, at most its length; never part of its random numbers.
    case goal
    /// How the work is done, never what comes out (checkpoint interval, threads).
    case execution
    /// Names of the project's files, relative to its folder: their contents are identity, never
    /// their times. The names become a record of digests.
    case files
  }

  /// As a manifest writes it.
  public let name: String
  /// How physicists write it, as text with TeX between dollars: `$T$`; empty where the words of the
  /// name say it.
  public let symbol: String
  /// What values fit.
  public let type: FieldType
  /// Of its value; `1` for a pure number.
  public let unit: String
  /// Taken when the manifest is silent; nil makes the field required.
  public let fallback: Value?
  /// What it does to a stage's identity.
  public let role: Role
  /// What it means, in a line.
  public let summary: String

  /// A field; without a default it has to be given.
  public init(
    _ name: String, _ type: FieldType, symbol: String = "", unit: String = "1",
    default fallback: Value? = nil, role: Role = .identity, _ summary: String
  ) {
    self.name = name
    self.symbol = symbol
    self.type = type
    self.unit = unit
    self.fallback = fallback
    self.role = role
    self.summary = summary
  }
}
