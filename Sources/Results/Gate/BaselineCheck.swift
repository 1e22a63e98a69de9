internal import ContentHash
package import Statistics

/// Results judged against a baseline, in two gates: the same bits where the same are due, and the
/// same physics everywhere.
package struct BaselineCheck {
  /// What became of a job's bits.
  package enum Bits: String {
    case same
    /// The recipe is that of the baseline and so is the platform: the program computes otherwise.
    case changed
    /// A stage's version was raised, or another seed was asked for: other bits are expected.
    case otherRecipe = "other recipe"
    /// Other libraries or another processor: the last bits need not be the same.
    case otherPlatform = "other platform"
  }

  package struct JobBits {
    package let id: String
    package let bits: Bits
    /// Whether all that the job is made from is as it was: then it changed by itself.
    package let isFirst: Bool
  }

  package let baseline: Baseline
  package let current: Baseline
  package let settings: GateSettings
  package let bits: [JobBits]
  package let observables: ObservableComparison

  /// - Parameter inputs: for each job of `current` the places of its inputs.
  package init(
    _ baseline: Baseline, _ current: Baseline, inputs: [[Int]], settings: GateSettings
  ) throws(SeriesError) {
    self.baseline = baseline
    self.current = current
    self.settings = settings
    let known = Dictionary(baseline.jobs.map { ($0.id, $0) }) { first, _ in first }
    let isSamePlatform = baseline.platforms == current.platforms && !current.platforms.contains("")
    var bits: [JobBits] = []
    var pairs: [ObservableComparison.Pair] = []
    for (place, job) in current.jobs.enumerated() {
      guard let other = known[job.id] else { continue }
      let isSame = job.content == other.content
      let word: Bits =
        isSame
        ? .same
        : job.key != other.key ? .otherRecipe : isSamePlatform ? .changed : .otherPlatform
      bits.append(
        JobBits(
          id: job.id, bits: word,
          isFirst: inputs[place].allSatisfy {
            current.jobs[$0].content == known[current.jobs[$0].id]?.content
          }))
      pairs += ObservableComparison.Pair.all(of: job.id, other.results, job.results).flatMap {
        settings.pairs($0, isOfSampler: job.samplerResults.contains($0.name))
      }
    }
    self.bits = bits
    observables = try ObservableComparison(pairs, level: settings.level, power: settings.power)
  }

  /// Jobs whose bits changed although nothing allows it.
  var changedBits: [JobBits] { settings.bitsAreDue ? bits.filter { $0.bits == .changed } : [] }

  package var level: Double { settings.level }

  package func count(_ verdict: ComparisonVerdict?) -> Int {
    observables.entries.count { $0.verdict == verdict }
  }

  package enum Outcome: String {
    case passed, failed, inconclusive
  }

  package var outcome: Outcome {
    if !changedBits.isEmpty || observables.verdict == .inconsistent { return .failed }
    if observables.verdict == .underpowered { return .inconclusive }
    // Without a single number or digest to compare, nothing was checked.
    let isJudged = observables.verdict != nil || bits.contains { $0.bits == .same }
    return isJudged ? .passed : .inconclusive
  }
}

extension BaselineCheck {
  /// How z-scores became verdicts.
  package var method: String {
    "Student's t with autocorrelated errors of both sides, Holm's correction"
  }

  package static func counted(_ count: Int, _ what: String) -> String {
    "\(count) \(what)\(count == 1 ? "" : "s")"
  }
}
