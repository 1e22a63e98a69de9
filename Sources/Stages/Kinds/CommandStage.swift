internal import FileSystem
internal import HDF5
internal import Manifest
public import Pipeline
public import Values

/// Runs an external program on declared files and inputs and keeps the files that it declares to
/// write. It sees nothing else but the system, so that what it depends on is what its recipe says.
public struct CommandStage: StageKind {
  /// What `slmc explain command` shows.
  public let declaration = StageDeclaration(
    "command", version: 1,
    "Runs an external program in a folder that holds only its declared files and inputs.",
    groups: [commandGroup], takesFreeGroups: true,
    layout: [
      .init("/outputs/NAME", shape: "bytes", "each file that the program declares to write"),
      .init(
        "/results/NAME",
        "each number of the output results.json, or of its entries {value, error, unit, symbol, "
          + "summary}"),
      .init(
        "/diagnostics/isolated",
        "1 where the program saw nothing but its folder and the system, 0 where it could"),
    ])

  static let outputGroup = "/outputs"
  static let parametersFile = "parameters.json"
  static let resultsFile = "results.json"

  static let commandGroup = GroupSchema(
    "with", "The program of a command stage.",
    fields: [
      FieldSchema(
        "run", .list(of: .text, count: 1...Int.max),
        "the program and its words, as in [python3, fit.py]; no shell reads them"),
      FieldSchema(
        "files", .list(of: .text, count: 0...Int.max), default: .list([]), role: .files,
        "files of the project that the program uses; an edit of one makes the stage run again"),
      FieldSchema(
        "outputs", .list(of: .text, count: 1...Int.max),
        "names of the files that the program writes"),
      FieldSchema(
        "shows", .list(of: .text, count: 0...Int.max), default: .list([]), role: .execution,
        "further folders of the machine that the program may read, from the root, as of a module "
          + "system; what lies in them decides nothing"),
    ])

  public func problems(in parameters: Record) -> [String] {
    let with = parameters["with"]
    let files = with?["files"]?.record?.names ?? []
    let outputs = with?["outputs"]?.list?.compactMap(\.text) ?? []
    var problems = files.filter(Self.leavesProject).map {
      "the file `\($0)` must lie in the project's folder, without `..`"
    }
    for path in Self.shows(parameters)
    where !path.hasPrefix("/") || Path(path).absolute == Path("/") {
      problems.append("`shows: [\(path)]` must name a folder from the root, as in /data/tables")
    }
    for (place, name) in outputs.enumerated() {
      if name.isEmpty || name.contains("/") || name == "." || name == ".." {
        problems.append("the output `\(name)` must be the name of a file in the working folder")
      } else if files.contains(name) || name == Self.parametersFile {
        problems.append("`\(name)` is there before the program runs, so it cannot be an output")
      } else if outputs[..<place].contains(name) {
        problems.append("the output `\(name)` is named twice")
      }
    }
    return problems
  }

  private static func leavesProject(_ name: String) -> Bool {
    name.hasPrefix("/") || name.split(separator: "/").contains("..")
  }

  private static func shows(_ parameters: Record) -> [String] {
    parameters["with"]?["shows"]?.list?.compactMap(\.text) ?? []
  }

  private static func words(_ parameters: Record) -> [String] {
    parameters["with"]?["run"]?.list?.compactMap(\.text) ?? []
  }

  public func surroundings(of parameters: Record) -> Dependence? {
    Self.words(parameters).first.flatMap { ProgramSearch().dependence(of: $0) }
  }

  public func run(_ job: Job) throws -> Record {
    let with = job.parameters["with"]
    // Beside what will be committed and not within: a program that leaves its folder finds nothing there.
    let workspace = job.output.folder.folder / "\(job.output.folder.name)-command"
    defer { try? workspace.removeTree() }
    let program = ExternalProgram(
      words: Self.words(job.parameters), workspace: workspace, shows: try Self.shown(job.parameters)
    )
    let scratch = try CommandScratch(job, at: program.folder)
    let account = try program.run(shouldStop: job.shouldStop)
    if let obstacle = account.obstacle {
      print("not kept from the rest of this machine: \(obstacle)")
    }
    let file = try HDF5File.artifact(for: job)
    for name in with?["outputs"]?.list?.compactMap(\.text) ?? [] {
      let bytes = try scratch.output(name)
      try file.write(bytes, to: "\(Self.outputGroup)/\(name)", compression: .deflate(1))
      if name == Self.resultsFile { try writeResults(bytes, to: file) }
    }
    try file.createGroup("/diagnostics")
    try file.write([account.obstacle == nil ? 1 : 0], to: "/diagnostics/isolated", shape: [])
    try file.close()
    return [:]
  }

  private static func shown(_ parameters: Record) throws -> [Path] {
    try shows(parameters).map { text in
      guard Path(text).exists else {
        throw StageFailure("there is no `\(text)` on this machine, which `shows` names")
      }
      return Path(text).absolute
    }
  }

  private func writeResults(_ bytes: [UInt8], to file: HDF5File) throws {
    let results: Value
    do {
      results = try Value(json: bytes)
    } catch {
      throw StageFailure("results.json is \(error)")
    }
    guard let record = results.record else {
      throw StageFailure("results.json must hold one object, as in {\"energy\": -1.5}")
    }
    guard record.elements.contains(where: { $1.number != nil || $1["value"]?.number != nil }) else {
      throw StageFailure(
        "results.json holds no number, as in {\"energy\": -1.5} or "
          + "{\"energy\": {\"value\": -1.5, \"error\": 0.1}}")
    }
    for (name, entry) in record.elements {
      guard let value = entry.number ?? entry["value"]?.number else { continue }
      guard !name.contains("/"), !name.isEmpty, name != ".",
        !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else {
        throw StageFailure("`\(name)` in results.json is no name of a result")
      }
      let path = "/results/\(name)"
      try file.write([value], to: path, shape: [])
      try file.describe(
        path, symbol: entry["symbol"]?.text ?? "", unit: entry["unit"]?.text ?? "1",
        summary: entry["summary"]?.text ?? name)
      if let error = entry["error"]?.number { try file.setAttribute("error", error, of: path) }
    }
  }
}
