internal import Artifacts
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Reporting
internal import Statistics

/// The check of a plan against its baseline as far as there is one, for a report.
struct Gate {
  let check: BaselineCheck?
  /// Why there is no check.
  let remarks: [String]

  init(_ plan: Plan, _ store: Store) throws {
    let experiment = plan.experiment
    guard let file = experiment.baselineFile, let name = experiment.baseline else {
      (check, remarks) = (nil, ["The manifest names no baseline."])
      return
    }
    guard file.exists else {
      (check, remarks) = (nil, ["There is no baseline at \(name) yet."])
      return
    }
    let baseline: Baseline
    do {
      baseline = try Baseline(reading: file)
    } catch let problem as Diagnostics {
      (check, remarks) = (nil, problem.found.map(\.message))
      return
    }
    let current = try Baseline(of: plan, store)
    let differences = current.differences(from: baseline, isSelection: false)
    guard differences.isEmpty else {
      (check, remarks) = (nil, ["\(name) is the baseline of another manifest:"] + differences)
      return
    }
    check =
      current.isComplete
      ? try BaselineCheck(
        baseline, current, inputs: plan.inputs, settings: GateSettings(experiment.gate)) : nil
    remarks = []
  }
}

extension BaselineCheck {
  /// The verdict as a sentence of a report.
  package var sentence: String {
    switch outcome {
    case .passed:
      "The results agree with the baseline: \(count(.identical)) identical, "
        + "\(count(.consistent)) consistent."
    case .failed where observables.verdict == .inconsistent:
      "\(Self.counted(count(.inconsistent), "observable")) moved away from the baseline."
    case .failed:
      "\(Self.counted(changedBits.count, "job")) gave other bits than the baseline under an "
        + "unchanged version."
    case .inconclusive where count(.underpowered) == 0: "There is nothing to compare."
    case .inconclusive:
      "\(Self.counted(count(.underpowered), "observable")) could not be judged well enough against "
        + "the baseline."
    }
  }

  /// What a failure is made of, the gravest first.
  var failures: [String] {
    changedBits.filter(\.isFirst).prefix(8).map { "Other bits at \($0.id)." }
      + observables.entries.filter { $0.verdict == .inconsistent }.prefix(8).map {
        "\($0.pair.place): \($0.pair.name) was \($0.pair.first.notation.plainText), "
          + "is \($0.pair.second.notation.plainText)"
          + ($0.z.map { " (z = \(Amount.decimal($0)))." } ?? ".")
      }
  }
}
