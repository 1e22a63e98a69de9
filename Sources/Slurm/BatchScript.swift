internal import FileSystem

/// A job script as a person would write it: readable, editable, submitted with a plain `sbatch`.
public struct BatchScript: Sendable {
  /// What its workers are for.
  public let need: Need
  /// Elements of the array.
  public let width: Int
  /// The script.
  public let text: String
  /// What it is called in the submission's folder.
  public let fileName: String

  /// - Parameter part: which of several arrays for one need, where one may not be so wide.
  init(
    _ need: Need, width: Int, part: Int, _ submission: Submission, _ settings: ClusterSettings,
    program: Path, store: Path
  ) {
    self.need = need
    self.width = width
    let level = need.memoryLevel
    fileName =
      need.className + (level > 0 ? "-memory\(level)" : "")
      + (part > 0 ? "-\(part + 1)" : "") + ".sh"
    let throttle =
      settings.throttle > 0 && settings.throttle < width ? "%\(settings.throttle)" : ""
    let work = [
      "join", submission.folder.description, "--store", store.description, "--class",
      need.className, "--memory-level", "\(level)", "--minutes", "\(need.resources.time)",
    ]
    text = Self.text(
      comment: Self.comment(need, width, submission),
      directives: Self.directives(
        need.resources, memory: need.resources.memory << level,
        name: "slmc-\(submission.request.experiment)-\(need.className)", submission)
        + [
          "--array=0-\(width - 1)\(throttle)",
          "--signal=B:USR1@\(settings.lead)",
          "--output=\(submission.folder)/workers/%A_%a.log",
        ],
      preamble: settings.preamble, program: program, words: work)
  }

  /// The job that looks after the others: it begins only when one of them ended badly.
  init(
    keeperOf arrays: [Int], _ submission: Submission, _ settings: ClusterSettings, program: Path,
    store: Path
  ) {
    need = Need(className: "keeper", memoryLevel: 0, resources: settings.base)
    width = 1
    fileName = "keeper.sh"
    var resources = settings.base
    resources.cores = 1
    resources.time = min(resources.time, 15)
    text = Self.text(
      comment: """
        # slmc: begins when a worker of \(submission.request.experiment) ended badly (out of memory, lost
        # node, killed): submits workers for what is left, with more memory where that was missing.
        # When all end well Slurm removes it.
        """,
      directives: Self.directives(
        resources, memory: min(resources.memory, 1000),
        name: "slmc-\(submission.request.experiment)-keeper", submission)
        + [
          "--dependency=" + arrays.map { "afternotok:\($0)" }.joined(separator: "?"),
          "--kill-on-invalid-dep=yes",
          "--output=\(submission.folder)/workers/%j-keeper.log",
        ],
      preamble: settings.preamble, program: program,
      words: ["join", submission.folder.description, "--store", store.description, "--keeper"])
  }

  private static func comment(_ need: Need, _ width: Int, _ submission: Submission) -> String {
    let minutes = Int((need.seconds / 60).rounded(.up))
    let work =
      need.isMeasured ? "about \(minutes) min of work" : "work that was not measured before"
    return """
      # slmc: \(width) worker\(width == 1 ? "" : "s") for \(need.jobs) jobs of \
      \(submission.request.experiment) (\(need.stages.joined(separator: ", "))), \(work).
      # Each takes the next job that is ready from the store until none is left. Any number of them may
      # run, start late or be killed: change the width, the limits or the preamble as you like.
      """
  }

  private static func directives(
    _ resources: Resources, memory: Int, name: String, _ submission: Submission
  ) -> [String] {
    let optional = [
      ("partition", resources.partition), ("account", resources.account), ("qos", resources.qos),
      ("constraint", resources.constraint),
    ].filter { !$0.1.isEmpty }.map { "--\($0.0)=\(SlurmProgram.quoted($0.1))" }
    return ["--job-name=\(name)", "--comment=slmc:\(submission.name)"] + optional + [
      "--ntasks=1", "--cpus-per-task=\(resources.cores)", "--mem=\(memory)M",
      "--time=\(resources.time)", "--requeue", "--open-mode=append",
      "--chdir=\(SlurmProgram.quoted(submission.request.folder.description))",
    ] + resources.options
  }

  private static func text(
    comment: String, directives: [String], preamble: String, program: Path, words: [String]
  ) -> String {
    let command = ([program.description] + words).map(SlurmProgram.quoted)
    let lines =
      ["#!/bin/bash", comment] + directives.map { "#SBATCH \($0)" }
      + (preamble.isEmpty ? [] : [preamble])
      // exec, so that the warning before the time limit reaches slmc itself.
      + ["exec " + command.joined(separator: " ")]
    return lines.joined(separator: "\n") + "\n"
  }
}
