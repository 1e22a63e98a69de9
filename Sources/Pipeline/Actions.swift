public import Artifacts
internal import ContentHash
internal import Values

extension Plan {
  /// Looks up which jobs the store already answers.
  public mutating func consult(_ index: inout StoreIndex) {
    var replaced: Set<Int32> = []
    for place in jobs.indices {
      if jobs[place].inputs.contains(where: replaced.contains) {
        jobs[place].recipe = recipeOfTodaysInputs(jobs[place])
        replaced.insert(Int32(place))
      }
      jobs[place].action = Self.action(for: jobs[place].recipe, in: &index, kernel: kernel)
      if jobs[place].recipe.goal != nil, !jobs[place].isDone,
        let answer = Self.answer(to: jobs[place].recipe, in: &index)
      {
        jobs[place].recipe = answer
        jobs[place].action = Self.action(for: answer, in: &index, kernel: kernel)
        replaced.insert(Int32(place))
      }
      if case .reuse(let record) = jobs[place].action, isMadeOfOther(record, place) {
        jobs[place].action = .run
      }
    }
    distrustUndescribed(index)
  }

  /// Whether an artifact was made when its inputs held something else. One recipe gives one content, but
  /// a program may break that promise, and a lost input may be made again on another processor.
  private func isMadeOfOther(_ record: IndexRecord, _ place: Int) -> Bool {
    let job = jobs[place]
    guard !job.inputs.isEmpty else { return false }
    var contents: [(slot: String, digest: Digest)] = []
    for (slot, made) in inputs(of: job) {
      // What is yet to be made shows when it is: the run looks again.
      guard case .reuse(let record) = jobs[made].action else { return false }
      contents.append((slot, record.content))
    }
    return record.result != job.recipe.content(of: contents).result
  }

  /// An input whose description was tampered with is made again; jobs come after their inputs.
  private mutating func distrustUndescribed(_ index: StoreIndex) {
    var checked: Set<Int> = []
    for place in jobs.indices.reversed() where !jobs[place].isDone {
      for input in jobs[place].inputs.map(Int.init) where checked.insert(input).inserted {
        guard case .reuse(let record) = jobs[input].action else { continue }
        if !index.isDescribed(record) { jobs[input].action = .run }
      }
    }
  }

  /// The recipe of a cached chain that reached this goal by itself, within this recipe's limit.
  ///
  /// Where a chain stops follows from the chain alone as long as no limit stops it, so another limit
  /// would stop it at the same step, and what depends on it may go on depending on it.
  private static func answer(to recipe: Recipe, in index: inout StoreIndex) -> Recipe? {
    guard let most = recipe.length else { return nil }
    let answer = index.chains(of: recipe.family).first { chain in
      guard let length = chain.length, let limit = chain.limit else { return false }
      return chain.goal == recipe.goal && !chain.missedGoal && length < limit && length <= most
    }
    return answer.map { recipe.with(length: $0.limit) }
  }

  private func recipeOfTodaysInputs(_ job: PlannedJob) -> Recipe {
    let old = job.recipe
    return Recipe(
      kind: old.kind, version: old.version, groups: old.groups,
      inputs: inputs(of: job).map { Recipe.Input(slot: $0.slot, key: jobs[$0.job].recipe.key) },
      seed: old.seed, length: old.length, goal: old.goal)
  }

  /// What a recipe asks for, given what is in the store at this moment.
  ///
  /// - Parameter kernel: the numerical kernel of jobs, where it matters; a cached chain of another one
  ///   is neither continued nor cut, so that no chain is a mixture.
  public static func action(
    for recipe: Recipe, in index: inout StoreIndex, kernel: String? = nil
  ) -> PlannedJob.Action {
    if let record = index.artifact(recipe.key) { return .reuse(record) }
    guard let length = recipe.length else { return .run }
    let cached = index.chains(of: recipe.family).filter { $0.fits(kernel: kernel) }
    // A chain with a goal may end before the length that is cached, so an equal length serves too.
    if let longer = cached.first(where: {
      recipe.goal == nil ? $0.length ?? 0 > length : $0.length ?? 0 >= length
    }) {
      return .cut(from: longer.length ?? 0, key: longer.key)
    }
    // Only a chain that kept its state can be continued; a cut one has none.
    let base = cached.last { ($0.length ?? 0) < length && $0.state != nil }
    guard let base else { return .run }
    return .extend(from: base.length ?? 0, key: base.key)
  }
}

extension ArtifactMetadata {
  /// Whether jobs on this numerical kernel may go on from it; what does not say its kernel fits.
  public func fits(kernel: String?) -> Bool {
    guard let kernel, let made = provenance["blasKernel"]?.text else { return true }
    return made == kernel
  }
}

extension Recipe {
  /// The same chain, asked for at another length.
  fileprivate func with(length: Int?) -> Recipe {
    Recipe(
      kind: kind, version: version, groups: groups, inputs: inputs, seed: seed, length: length,
      goal: goal)
  }
}
