internal import Artifacts
internal import ContentHash
internal import FileSystem
internal import HDF5
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Statistics
internal import Values

/// The points of one figure: those of a stage's table, or put together from several stages, several
/// quantities or whole datasets.
struct FigurePoints {
  let figure: Figure
  let plan: Plan
  let store: Store
  /// The tables of the stages that have results.
  let tables: [ResultTable]
  let labels: ResultLabels

  /// Names of the columns of what `build` returns.
  struct Columns {
    var x: String
    var y: String
    var group: String?
  }

  private var x: String { figure.x }
  private var group: String? { figure.group }

  /// Whether a quantity is a dataset by its path and not a result by its name.
  static func isDataset(_ quantity: String) -> Bool { quantity.contains("/") }

  func build() throws -> (ResultTable, Columns) {
    try checkConditions()
    if figure.sources.count == 1, figure.quantities.count == 1,
      !Self.isDataset(figure.quantities[0])
    {
      let table = try table(of: figure.sources[0])
      guard !table.rows.isEmpty else { throw noPoints(figure.sources) }
      return (
        named(table),
        Columns(x: x, y: figure.quantities[0], group: group)
      )
    }
    let points = try figure.sources.flatMap { source in
      try figure.quantities.flatMap { try self.points(of: $0, from: source) }
    }
    guard !points.isEmpty else { throw noPoints(figure.sources) }
    for quantity in figure.quantities where !points.contains(where: { $0.quantity == quantity }) {
      // No stage has it: any of them says so.
      _ = try own(quantity, of: figure.sources[0])
    }
    return assemble(points)
  }

  /// What a stage has of a quantity; nothing where others may have it.
  private func points(of quantity: String, from source: String) throws -> [Point] {
    guard figure.sources.count > 1, figure.quantities.count > 1 else {
      return try own(quantity, of: source)
    }
    do {
      return try own(quantity, of: source)
    } catch FigureError.missingColumn {
      return []
    }
  }

  private func own(_ quantity: String, of source: String) throws -> [Point] {
    try Self.isDataset(quantity) ? dataset(quantity, of: source) : results(quantity, of: source)
  }

  private struct Point {
    let x: ResultTable.Cell
    let y: MeasuredValue
    let group: ResultTable.Cell?
    let source: String
    let quantity: String
  }

  private func noResults(_ source: String) -> FigureError {
    let stage = plan.stages.first { $0.name == source }
    let isOpen = stage.map { plan.jobs[$0.jobs].contains { !$0.isDone } } ?? false
    return isOpen
      ? .noResultsYet(figure: figure.name, stage: source)
      : .emptySelection(figure: figure.name, reason: "stage `\(source)` has no such results")
  }

  private func noPoints(_ sources: [String]) -> FigureError {
    let names = sources.map { "`\($0)`" }.joined(separator: ", ")
    return .emptySelection(
      figure: figure.name,
      reason: figure.conditions.isEmpty
        ? "no point of \(names) has a value"
        : "no point of \(names) fulfils the conditions of `where`"
    )
  }

  /// The rows of a stage that the figure is about.
  private func table(of source: String) throws -> ResultTable {
    guard let table = tables.first(where: { $0.name == source }) else { throw noResults(source) }
    do throws(MissingColumn) {
      return try table.satisfying(figure.conditions)
        .averaged(over: figure.averaged, spreads: figure.quantities)
    } catch {
      throw FigureError.missingColumn(
        figure: figure.name, column: error.name, available: error.available)
    }
  }

  /// The rows with their group as the legend calls it, and words along the x axis likewise.
  private func named(_ table: ResultTable) -> ResultTable {
    let places = [group, x].compactMap { $0.flatMap(table.index) }
    let names = places.map { place in SeriesNames(table.rows.map { $0[place] }, of: figure) }
    var columns = table.columns
    for place in places {
      columns[place].label = figure.givenName(of: columns[place].name) ?? columns[place].label
    }
    var named = ResultTable(name: table.name, title: table.title, columns: columns)
    for var row in table.rows {
      for (place, names) in zip(places, names) where row[place].number == nil {
        row[place] = .text(names.name(of: row[place]))
      }
      named.append(row)
    }
    return named
  }

  /// A condition on a parameter that no job has would leave nothing, without a word why.
  private func checkConditions() throws(FigureError) {
    let stages = plan.stages.filter { figure.sources.contains($0.name) }
    // Before a run nothing is known of the columns.
    guard stages.contains(where: { plan.jobs[$0.jobs].contains(where: \.isDone) }) else { return }
    let columns = tables.filter { figure.sources.contains($0.name) }.flatMap(\.filledColumns)
    for name in figure.conditions.names where !columns.contains(name) {
      let jobs = stages.flatMap { plan.jobs[$0.jobs] }
      if jobs.contains(where: { plan.cell(of: name, $0, at: Int($0.point)) != .missing }) {
        continue
      }
      let parameters = stages.compactMap { plan.jobs[$0.jobs].first }
        .flatMap { plan.parameterPaths(of: $0) }
      throw .missingColumn(
        figure: figure.name, column: name, available: Set(columns + parameters).sorted())
    }
  }

  private func results(_ quantity: String, of source: String) throws -> [Point] {
    let table = try table(of: source)
    func place(_ column: String) throws -> Int {
      guard let place = table.index(ofColumn: column) else {
        throw FigureError.missingColumn(
          figure: figure.name, column: column, available: table.columns.map(\.name))
      }
      return place
    }
    let (x, y) = (try place(x), try place(quantity))
    // Beside others a stage may lack the parameter: exact chains have no `model`.
    let group = try figure.sources.count > 1 ? group.flatMap(table.index) : group.map(place)
    return table.rows.compactMap { row in
      let value = row[y].measured ?? row[y].number.map { MeasuredValue($0) }
      return value.map {
        Point(x: row[x], y: $0, group: group.map { row[$0] }, source: source, quantity: quantity)
      }
    }
  }

  private func dataset(_ path: String, of source: String) throws -> [Point] {
    guard let stage = plan.stages.first(where: { $0.name == source }) else { return [] }
    var points: [Point] = []
    for job in plan.jobs[stage.jobs] {
      guard let record = job.record else { continue }
      guard
        figure.conditions.elements.allSatisfy({
          plan.cell(of: $0, job, at: Int(job.point)).holds($1)
        })
      else { continue }
      _ = try store.verified(record.key)
      let reader = DatasetReader(
        figure: figure.name, file: try HDF5File(opening: store.data(of: record.key).description),
        artifact: record.key.short)
      let values = try reader.measured(path)
      let x = horizontal
      let xs = x == "index" ? values.indices.map(Double.init) : try reader.numbers(x)
      guard xs.count == values.count else {
        throw FigureError.badAxis(
          figure: figure.name,
          reason: "\(x) has \(xs.count) entries, \(path) has \(values.count)")
      }
      let group = group.map { plan.cell(of: $0, job, at: Int(job.point)) }
      points += zip(xs, values).map {
        Point(x: .number($0), y: $1, group: group, source: source, quantity: path)
      }
    }
    guard !points.isEmpty else { throw noResults(source) }
    return points
  }

  /// What a dataset is drawn against.
  private var horizontal: String {
    figure.horizontals.first { $0 == "index" || Self.isDataset($0) } ?? x
  }

  /// One column for x, one for y, and one that tells the series apart.
  private func assemble(_ points: [Point]) -> (ResultTable, Columns) {
    let isMixed = figure.sources.count > 1 || figure.quantities.count > 1
    let series = isMixed ? "series" : group
    let label = isMixed ? "" : group.map(name) ?? ""
    let quantity = figure.quantities.count == 1 ? figure.quantities[0] : ""
    let y = figure.quantities.joined(separator: " and ")
    let names = SeriesNames(points.compactMap(\.group), of: figure)
    var table = ResultTable(
      name: figure.name,
      columns: [
        ResultTable.Column(x, label: x == "index" ? indexName : name(x)),
        ResultTable.Column(y, label: name(quantity)),
      ] + (series.map { [ResultTable.Column($0, label: label)] } ?? []))
    for point in points {
      let cell: ResultTable.Cell =
        isMixed ? .text(seriesName(of: point, names)) : point.group ?? .missing
      table.append([point.x, .measured(point.y)] + (series == nil ? [] : [cell]))
    }
    return (table, Columns(x: x, y: y, group: series))
  }

  private func seriesName(of point: Point, _ names: SeriesNames) -> String {
    var parts: [String] = []
    if figure.sources.count > 1 { parts.append(name(point.source)) }
    if figure.quantities.count > 1 { parts.append(name(point.quantity)) }
    if let group = point.group, let path = self.group { parts.append(name(path, of: group, names)) }
    return parts.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// A group's value with its name, unless it is a word that explains itself.
  private func name(
    _ path: String, of group: ResultTable.Cell, _ names: SeriesNames
  ) -> String {
    guard group.number != nil else { return names.name(of: group) }
    let name = name(path)
    // Mathematics stays together: $T = 0.1$.
    return name.hasSuffix("$")
      ? "\(name.dropLast()) = \(group.plainText)$" : "\(name) \(group.plainText)"
  }

  private var indexName: String {
    figure.quantities.allSatisfy { $0.hasPrefix("autocorrelation/") } ? "lag" : "index"
  }

  /// As the manifest calls it, else made of its identifier.
  private func name(_ identifier: String) -> String {
    figure.givenName(of: identifier)
      ?? labels.symbol(identifier.split(separator: "/").last.map(String.init) ?? "")
  }
}

/// Lists of numbers of one artifact, for a figure.
private struct DatasetReader {
  let figure: String
  let file: HDF5File
  let artifact: String

  /// Of a list all; of an array with a further index in front, as in `arrays/wilsonLoop[2]`, that part.
  func numbers(_ path: String) throws -> [Double] {
    let (place, range) = try part(path)
    if let values = try? file.doubles(at: place) { return Array(values[range]) }
    return Array(try file.integers(at: place).map(Double.init)[range])
  }

  /// The dataset that a path means, and which of its numbers, one after the other.
  private func part(_ path: String) throws -> (dataset: String, range: Range<Int>) {
    let element = ElementName(path)
    let (name, indices) = (element?.array ?? path, element?.indices ?? [])
    guard try file.exists("/" + name), try file.kind(of: "/" + name) == .dataset else {
      throw FigureError.missingColumn(figure: figure, column: path, available: try available())
    }
    let shape = try file.shape(of: "/" + name)
    guard shape.count == indices.count + 1, zip(indices, shape).allSatisfy({ $0 < $1 }) else {
      let hint = shape.count > 1 ? "; one list of it is \(name)[INDEX]" : ""
      throw FigureError.badAxis(
        figure: figure, reason: "\(path) has the shape \(shape); only lists can be drawn\(hint)")
    }
    let length = shape[shape.count - 1]
    let start = zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 } * length
    return ("/" + name, start..<(start + length))
  }

  /// With errors where they are known: beside an array, or of an autocorrelation function from itself.
  func measured(_ path: String) throws -> [MeasuredValue] {
    let (dataset, range) = try part(path)
    if try file.exists(dataset + ".error") {
      return Array(try file.measured(at: dataset, artifact: artifact)[range])
    }
    let values = try numbers(path)
    guard let (errors, isConverged) = try errors(of: values, path) else {
      return values.map { MeasuredValue($0, artifact: artifact) }
    }
    return zip(values, errors).map {
      MeasuredValue($0, error: $1, isConverged: isConverged, artifact: artifact)
    }
  }

  private func errors(
    of values: [Double], _ path: String
  ) throws -> (errors: [Double], isConverged: Bool)? {
    let parts = path.split(separator: "/")
    let result = "/results/\(parts.last ?? "")"
    guard parts.first == "autocorrelation", try file.exists(result),
      try file.hasAttribute("tau", of: result)
    else { return nil }
    let samples =
      try 2 * file.doubleAttribute("tau", of: result)
      * file.doubleAttribute("effectiveSamples", of: result)
    return (
      autocorrelationErrors(values, samples: samples),
      try file.integerAttribute("converged", of: result) == 1
    )
  }

  /// Everything in the first two levels of the file.
  private func available() throws -> [String] {
    try file.children(of: "/").flatMap { group in
      try file.kind(of: "/" + group) == .dataset
        ? [group] : file.children(of: "/" + group).map { "\(group)/\($0)" }
    }
  }
}
