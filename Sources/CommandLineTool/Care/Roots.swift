internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Manifest
internal import Pipeline
internal import Results
internal import Values
internal import YAML

/// What manifests need of a store: their plans, with every profile, and their baselines.
struct Roots {
  private(set) var keys: Set<Digest> = []
  private(set) var families: Set<Digest> = []
  private(set) var experiments: Set<String> = []

  mutating func add(_ file: Path, _ store: Store, registry: StageRegistry, catalog: Catalog) throws
  {
    let plain = try ExperimentReader.read(file)
    var index = StoreIndex(store)
    for profile in [nil] + Self.profiles(of: plain) {
      let experiment =
        try profile == nil
        ? plain : ExperimentReader.read(file, overrides: Overrides(profile: profile))
      var plan = try PlanBuilder.build(experiment, registry: registry)
      plan.consult(&index)
      for job in plan.jobs { add(job) }
      if let baseline = experiment.baselineFile {
        keys.formUnion(try Self.named(in: baseline, catalog))
      }
    }
    experiments.insert(plain.name)
  }

  /// A cached chain from which a longer one would continue is needed as well.
  private mutating func add(_ job: PlannedJob) {
    keys.insert(job.recipe.key)
    families.insert(job.recipe.family)
    switch job.action {
    case .extend(_, let key), .cut(_, let key): keys.insert(key)
    case .run, .reuse: break
    }
  }

  private static func profiles(of experiment: Experiment) -> [String?] {
    guard let source = experiment.sources.first,
      let root = try? YAML.parse(text: source.lines.joined(separator: "\n"), file: source.file)
    else { return [] }
    return root["profiles"]?.entries?.map(\.name) ?? []
  }

  /// Artifacts that a baseline names, in full or by the short form that tables print.
  private static func named(in file: Path, _ catalog: Catalog) throws -> Set<Digest> {
    guard file.exists else { return [] }
    let bytes = try file.readRegular(limit: BaselinePlace.sizeLimit)
    let text = String(decoding: bytes, as: UTF8.self)
    let words = text.split { !$0.isHexDigit }.filter { $0.count >= 12 }.map { $0.lowercased() }
    let wanted = Set(words.map { String($0.prefix(12)) })
    return Set(catalog.artifacts.map(\.key).filter { wanted.contains($0.short) })
  }
}
