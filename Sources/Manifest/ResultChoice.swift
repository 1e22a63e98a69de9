public import Diagnostics
public import Values

/// Results that the manifest asks to be shown, under a name.
public protocol ResultChoice: Sendable {
  var name: String { get }
  var settings: Record { get }
  var location: SourceLocation { get }
  /// Where each of its settings is written.
  var places: [String: SourceLocation] { get }
  /// Columns that it needs, whether the stage's table shows them otherwise or not.
  var columns: [String] { get }

  init(
    name: String, settings: Record, location: SourceLocation, places: [String: SourceLocation])
}

extension ResultChoice {
  /// The stages it is made from.
  public var sources: [String] { names("from") }
  /// What a point must hold to be shown.
  public var conditions: Record { settings["where"]?.record ?? [:] }
  /// How the manifest calls a stage, a result or a parameter, if it says so.
  public func givenName(of identifier: String) -> String? {
    settings["names"]?[identifier]?.text
  }

  /// Parameters whose points become one, with their mean.
  public var averaged: [String] { names("over") }

  func names(_ setting: String) -> [String] {
    let value = settings[setting]
    return value?.list?.compactMap(\.text) ?? value?.text.map { [$0] } ?? []
  }
}

/// A figure as the manifest declares it.
public struct Figure: ResultChoice {
  /// What its files are called.
  public let name: String
  /// What the manifest says of it, defaults filled in.
  public let settings: Record
  /// Where it stands in the manifest.
  public let location: SourceLocation
  /// Where its settings stand, by name, for messages.
  public let places: [String: SourceLocation]

  /// A figure as its manifest declares it.
  public init(
    name: String, settings: Record, location: SourceLocation, places: [String: SourceLocation]
  ) {
    self.name = name
    self.settings = settings
    self.location = location
    self.places = places
  }

  /// The results or datasets that it shows.
  public var quantities: [String] { names("y") }
  /// The parameter or result along the horizontal axis.
  public var x: String { names("x").first { !$0.contains("/") } ?? names("x").first ?? "" }
  /// All that it names there: what is a dataset belongs to datasets, the other to results.
  public var horizontals: [String] { names("x") }
  /// The parameter that tells the series apart, if any.
  public var group: String? { settings["group"]?.text.flatMap { $0.isEmpty ? nil : $0 } }

  public var columns: [String] {
    (horizontals + quantities + [group].compactMap { $0 } + conditions.names + averaged)
      .filter { !$0.isEmpty }
  }

  /// Above the figure; empty for none.
  public var title: String { settings["title"]?.text ?? "" }
  /// What a report says below it.
  public var caption: String { settings["caption"]?.text ?? "" }
}

/// A table as the manifest declares it.
public struct TableChoice: ResultChoice {
  /// What its files are called.
  public let name: String
  /// What the manifest says of it, defaults filled in.
  public let settings: Record
  /// Where it stands in the manifest.
  public let location: SourceLocation
  /// Where its settings stand, by name, for messages.
  public let places: [String: SourceLocation]

  /// A table as its manifest declares it.
  public init(
    name: String, settings: Record, location: SourceLocation, places: [String: SourceLocation]
  ) {
    self.name = name
    self.settings = settings
    self.location = location
    self.places = places
  }

  /// The columns to show, in their order; none for those that a reader wants first.
  public var shown: [String] { names("columns") }
  /// The array whose entries are the rows, instead of the stages' results.
  public var array: String? { settings["array"]?.text.flatMap { $0.isEmpty ? nil : $0 } }
  /// Above the table; empty for none.
  public var title: String { settings["title"]?.text ?? "" }
  /// Whether tau and effective samples stand beside the values, as they do in tables that choose no
  /// columns.
  public var withDetails: Bool { settings["details"]?.boolean == true || shown.isEmpty }

  public var columns: [String] { shown + conditions.names + averaged }
}
