internal import FileSystem
internal import Values

/// An array as it was given to the cluster, remembered in the submission's folder.
public struct SubmittedArray: Sendable, Equatable {
  /// SLURM_ARRAY_JOB_ID.
  public let id: Int
  /// The name of its workers' resources.
  public let className: String
  /// How often their memory was doubled.
  public let memoryLevel: Int
  /// How many workers it has.
  public let width: Int

  /// Whether it is the job that looks after the others.
  public var isKeeper: Bool { className == "keeper" }

  private var value: Value {
    .record([
      "class": .text(className), "memoryLevel": .integer(memoryLevel), "width": .integer(width),
    ])
  }

  init(id: Int, className: String, memoryLevel: Int, width: Int) {
    self.id = id
    self.className = className
    self.memoryLevel = memoryLevel
    self.width = width
  }

  func remember(in submission: Submission) throws {
    try (submission.folder / "arrays" / "\(id)").replace(with: Array(value.json().utf8))
  }
}

extension Submission {
  /// Every array of this submission, in the order of their numbers.
  public var arrays: [SubmittedArray] {
    let folder = folder / "arrays"
    return ((try? folder.names()) ?? []).compactMap { name in
      guard let id = Int(name), let bytes = try? (folder / name).read(),
        let value = try? Value(json: bytes), let className = value["class"]?.text,
        let level = value["memoryLevel"]?.integer, let width = value["width"]?.integer,
        (0...Marks.highestLevel).contains(level), width >= 0
      else { return nil }
      return SubmittedArray(id: id, className: className, memoryLevel: level, width: width)
    }.sorted { $0.id < $1.id }
  }
}
