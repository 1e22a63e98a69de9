internal import ContentHash
internal import Diagnostics
package import FileSystem
internal import Reporting
internal import Values

extension Baseline {
  package static let format = "slmc-baseline/1"

  /// What the numbers of a result's line are.
  private static let columns = [
    "value", "error", "tau", "tauError", "effectiveSamples", "converged",
  ]

  /// Indented, one result a line: a changed baseline reads well in a review.
  package var text: String {
    Value.record([
      "format": .text(Self.format), "experiment": .text(experiment),
      "profile": profile.map(Value.text) ?? .null, "seed": .integer(seed),
      "parameters": .record(parameters), "columns": .list(Self.columns.map(Value.text)),
      "jobs": .list(jobs.map(Self.value)),
    ]).json(indented: true) + "\n"
  }

  private static func value(_ job: Job) -> Value {
    .record([
      "id": .text(job.id), "kind": .text(job.kind), "version": .integer(job.version),
      "key": .text(job.key.description), "definition": .text(job.definition.description),
      "content": job.content.map { .text($0.description) } ?? .null,
      "platform": .text(job.platform),
      "results": .record(
        Record(
          job.results.map { reading in
            let value = reading.value
            let numbers = [
              value.value, value.error, value.autocorrelationTime, value.autocorrelationTimeError,
              value.effectiveSamples,
            ]
            return (
              reading.name,
              .list(
                numbers.map { $0.map(Value.number) ?? .null }
                  + [value.isConverged.map(Value.boolean) ?? .null])
            )
          })),
    ])
  }

  /// Reads a baseline; what is wrong with the file is said with its name.
  package init(reading file: Path) throws {
    let value: Value
    do {
      value = try Value(json: try file.readRegular(limit: BaselinePlace.sizeLimit))
    } catch let error as SystemError {
      throw Diagnostics(error: "cannot read the baseline: \(error.reason): \(file)")
    } catch {
      throw Diagnostics(error: "the baseline \(file) is not JSON: \(error)")
    }
    guard value["format"]?.text == Self.format else {
      let found = value["format"]?.text.map { "of the format `\($0)`" } ?? "without a format"
      throw Diagnostics(
        error: "\(file) is no baseline: it is \(found), where `\(Self.format)` is due")
    }
    guard let baseline = Self(value) else {
      throw Diagnostics(
        error: "the baseline \(file) is damaged",
        hint: "restore it, or write it anew with `slmc check --update`")
    }
    self = baseline
  }

  private init?(_ value: Value) {
    guard let experiment = value["experiment"]?.text, let seed = value["seed"]?.integer,
      let parameters = value["parameters"]?.record, let list = value["jobs"]?.list,
      value["columns"]?.list == Self.columns.map(Value.text)
    else { return nil }
    self.experiment = experiment
    self.seed = seed
    self.parameters = parameters
    profile = value["profile"]?.text
    jobs = list.compactMap(Self.job)
    guard jobs.count == list.count else { return nil }
  }

  private static func job(_ value: Value) -> Job? {
    func digest(_ name: String) -> Digest? { value[name]?.text.flatMap { Digest($0) } }
    guard let id = value["id"]?.text, let kind = value["kind"]?.text,
      let version = value["version"]?.integer, let key = digest("key"),
      let definition = digest("definition"), let results = value["results"]?.record
    else { return nil }
    let readings = results.elements.compactMap { name, entry in
      reading(name, entry.list ?? [], artifact: key.short)
    }
    guard readings.count == results.count else { return nil }
    return Job(
      id: id, kind: kind, version: version, key: key, definition: definition,
      content: digest("content"), platform: value["platform"]?.text ?? "", results: readings)
  }

  private static func reading(
    _ name: String, _ numbers: [Value], artifact: String
  ) -> ResultReader.Reading? {
    guard numbers.count == columns.count else { return nil }
    return ResultReader.Reading(
      name: name, unit: "", summary: "",
      value: MeasuredValue(
        numbers[0].number ?? .nan, error: numbers[1].number, autocorrelationTime: numbers[2].number,
        autocorrelationTimeError: numbers[3].number, effectiveSamples: numbers[4].number,
        isConverged: numbers[5].boolean, artifact: artifact))
  }
}
