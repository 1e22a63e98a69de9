internal import Values

/// What a profile says of a cluster under `slurm`.
extension ManifestSchema {
  private static let mostMinutes = 1...525_600
  private static let options = FieldType.list(of: .text, count: 0...Int.max)

  /// The fields of a cluster.
  public static let slurm = GroupSchema(
    "slurm", "How `slmc submit`, and `run` with this profile, use a Slurm cluster.",
    fields: [
      FieldSchema("partition", .text, default: .text(""), "sbatch --partition"),
      FieldSchema("account", .text, default: .text(""), "sbatch --account"),
      FieldSchema("qos", .text, default: .text(""), "sbatch --qos"),
      FieldSchema("constraint", .text, default: .text(""), "sbatch --constraint"),
      FieldSchema(
        "time", .integer(mostMinutes), unit: "min", default: .integer(60),
        "time limit of a worker; what is not done by then goes on from its checkpoint in the next"),
      FieldSchema(
        "memory", .integer(1...100_000_000), unit: "MB", default: .integer(2000),
        "memory of a worker"),
      FieldSchema(
        "memoryRetries", .integer(0...4), default: .integer(2),
        "how often a job that ran out of memory is tried again, with twice the memory each time"),
      FieldSchema(
        "cores", .integer(1...4096), default: .integer(1),
        "cores of a worker, which does as many jobs at a time"),
      FieldSchema(
        "workers", .integer(1...1_000_000), default: .integer(200),
        "the most workers to ask for at a time, over all stages"),
      FieldSchema(
        "throttle", .natural, default: .integer(0),
        "the most elements of one array that run at once (--array=…%N); 0 for no limit"),
      FieldSchema(
        "chunk", .integer(mostMinutes), unit: "min", default: .integer(30),
        "predicted work for each worker, from which follows how many there are"),
      FieldSchema(
        "lead", .integer(5...86_400), unit: "s", default: .integer(120),
        "how long before its time limit a worker writes checkpoints and makes way"),
      FieldSchema(
        "linger", .integer(1...86_400), unit: "s", default: .integer(60),
        "how long a worker waits for work that others' work may give it before it leaves"),
      FieldSchema(
        "patience", .integer(4...86_400), unit: "s", default: .integer(120),
        "after how long without a sign of life a worker of another node is taken for dead; above "
          + "what the file system keeps of a file's times in a cache"),
      FieldSchema(
        "preamble", .text, default: .text(""),
        "shell lines before the work, as in `module load hdf5`"),
      FieldSchema(
        "options", options, default: .list([]), "further options of sbatch, as in [--exclusive]"),
      FieldSchema(
        "stages", .any, default: .null,
        "other resources for single stages, as in {chain: {memory: 8000, time: 720}}"),
    ])

  /// The fields that a single stage may have otherwise.
  public static let slurmStage = GroupSchema(
    "slurm.stages", "Resources of one stage where they differ: stages: {NAME: {memory: 8000}}.",
    fields: slurm.fields.filter {
      ["partition", "account", "qos", "constraint", "time", "memory", "cores", "options"]
        .contains($0.name)
    }.map {
      FieldSchema($0.name, $0.type, unit: $0.unit, default: .null, $0.summary)
    })
}
