internal import FileSystem
internal import HDF5
internal import Manifest
public import Pipeline
public import Values

/// Writes its parameters: the near-null stage, to try out pipelines and to carry given numbers.
public struct ConstantStage: StageKind {
  /// What `slmc explain constant` shows.
  public let declaration = StageDeclaration(
    "constant", version: 1, "Writes its parameters as an artifact; knows no physics.",
    takesFreeGroups: true,
    layout: [.init("/parameters/GROUP/FIELD", "one dataset for every parameter it reads")],
    isLight: true)

  public func run(_ job: Job) throws -> Record {
    let file = try HDF5File.inMemory(name: job.output.description)
    try file.setAttribute("schema", "slmc/constant/1", of: "/")
    try file.createGroup("/parameters")
    for (group, value) in job.parameters.elements {
      try write(value, to: "/parameters/\(group)", in: file)
    }
    try job.output.write(try file.image())
    return [:]
  }

  private func write(_ value: Value, to path: String, in file: HDF5File) throws {
    switch value {
    case .record(let record):
      try file.createGroup(path)
      for (name, value) in record.elements { try write(value, to: "\(path)/\(name)", in: file) }
    case .boolean(let boolean): try file.write([boolean ? 1 : 0], to: path, shape: [])
    case .integer(let integer): try file.write([integer], to: path, shape: [])
    case .number(let number): try file.write([number], to: path, shape: [])
    case .text(let text): try file.write([text], to: path, shape: [])
    case .null: try file.createGroup(path)
    case .list(let list):
      if list.allSatisfy({ $0.number != nil }) {
        try file.write(list.compactMap(\.number), to: path)
      } else {
        try file.write(list.map(\.spelling), to: path)
      }
    }
  }
}
