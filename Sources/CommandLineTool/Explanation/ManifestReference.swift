internal import Diagnostics
internal import Manifest
internal import Pipeline

/// Everything that can be written in a manifest, from the schemas that also read it.
struct ManifestReference {
  /// A part of the manifest with its fields.
  struct Section {
    /// How it is asked for: `system`, `sweep`, `experiment`.
    let name: String
    let title: String
    let summary: String
    var fields: [DocumentedField]
    /// Kinds of stages that read the group; empty for the manifest's own parts.
    var readers: [String] = []
    var variants: [(selector: String, kind: String, summary: String)] = []

    /// What there is of one system or model: its own fields and those that all share.
    func restricted(to kind: String) -> Section? {
      guard variants.contains(where: { $0.kind == kind }) else { return nil }
      var section = self
      section.variants.removeAll { $0.kind != kind }
      section.fields.removeAll { !$0.conditions.isEmpty && !$0.belongs(to: kind) }
      return section
    }
  }

  let sections: [Section]
  let stageKinds: [StageDeclaration]

  init(_ registry: StageRegistry) {
    stageKinds = registry.declarations
    sections = Self.ownSections + Self.groupSections(registry.declarations)
  }

  private static var ownSections: [Section] {
    let experiment = ManifestSchema.experiment
    let parts: [(schema: GroupSchema, prefix: String, title: String)] = [
      (experiment, "", "An experiment's manifest"),
      (ManifestSchema.stage, "stages", "Stages"),
      (ManifestSchema.fanIn, "needs", "Inputs along a sweep"),
      (ManifestSchema.foreignStage, "needs", "Inputs from other experiments"),
      (ManifestSchema.sweep, "sweep", "Sweep"),
    ]
    let after: [(schema: GroupSchema, prefix: String, title: String)] = [
      (ManifestSchema.figure, "figures", "Figures"),
      (ManifestSchema.table, "tables", "Tables"),
      (ManifestSchema.gate, "gate", "Gate"),
      (ManifestSchema.profile, "profiles", "Profiles"),
      (ManifestSchema.slurm, "slurm", "Cluster: `slurm` of a profile"),
      (ManifestSchema.slurmStage, "slurm.stages", "Cluster: resources of one stage"),
      (ManifestSchema.pipeline, "", "A pipeline's file"),
    ]
    let ranges = ManifestSchema.ranges.map {
      (schema: $0, prefix: $0.name, title: "Range `\($0.name)`")
    }
    return (parts + ranges + after).map { part in
      Section(
        name: part.prefix.isEmpty ? part.schema.name : part.prefix, title: part.title,
        summary: part.schema.summary, fields: part.schema.documentedFields(under: part.prefix))
    }
  }

  /// One section per parameter group; kinds that declare the same group share it.
  private static func groupSections(_ declarations: [StageDeclaration]) -> [Section] {
    var sections: [Section] = []
    for declaration in declarations {
      for group in declaration.groups {
        let fields = group.documentedFields(under: group.name)
        let same = sections.firstIndex {
          $0.name == group.name && $0.fields.map(\.path) == fields.map(\.path)
        }
        if let same {
          sections[same].readers.append(declaration.kind)
          continue
        }
        sections.append(
          Section(
            name: group.name, title: "Parameters `\(group.name)`", summary: group.summary,
            fields: fields, readers: [declaration.kind],
            variants: group.namedVariants))
      }
    }
    return sections
  }
}

extension GroupSchema {
  /// The variants of all its forms.
  fileprivate var namedVariants: [(selector: String, kind: String, summary: String)] {
    variants.map { (selector.name, $0.kind, $0.summary) }
      + (forms?.byVariant.flatMap { variant, schema in
        schema.namedVariants.map { ($0.selector, $0.kind, "\($0.summary) (\(variant))") }
      } ?? [])
  }
}

extension ManifestReference {
  /// What a key means; several things when it fits several.
  struct Answer {
    var fields: [(section: Section, field: DocumentedField)] = []
    var sections: [Section] = []
    var stageKinds: [StageDeclaration] = []

    var isEmpty: Bool { fields.isEmpty && sections.isEmpty && stageKinds.isEmpty }
  }

  /// Full paths first; then the last words of a path, so that `temperature` is enough.
  func answer(to key: String) -> Answer {
    var answer = Answer()
    answer.stageKinds = stageKinds.filter { $0.kind == key }
    answer.sections =
      sections.filter { $0.name == key } + sections.compactMap { $0.restricted(to: key) }
    let words = Self.words(key)
    answer.fields = all.filter { Self.words($0.field.path) == words }
    if answer.isEmpty {
      answer.fields = all.filter { Self.words($0.field.path).suffix(words.count) == words[...] }
    }
    return answer
  }

  private var all: [(section: Section, field: DocumentedField)] {
    sections.flatMap { section in section.fields.map { (section, $0) } }
  }

  /// `figures.acceptance.x` and `parameters.system.temperature` as people read them off a manifest.
  private static func words(_ path: String) -> [Substring] {
    var words = path.split(separator: ".")
    if words.count > 1 && words[0] == "parameters" { words.removeFirst() }
    if words.count == 3 && ["figures", "tables", "profiles", "stages"].contains(words[0]) {
      words.remove(at: 1)
    }
    return words
  }

  /// The key that was probably meant, by full paths and by last words.
  func nearestKey(to key: String) -> String? {
    let lastWords = all.compactMap { $0.field.path.split(separator: ".").last.map(String.init) }
    return nearest(to: key, in: keys + lastWords)
  }

  /// Every key that can be asked for, for suggestions and completions.
  var keys: [String] {
    var seen: Set<String> = []
    let variants = sections.flatMap { $0.variants.map(\.kind) }
    let names = stageKinds.map(\.kind) + sections.map(\.name) + variants + all.map(\.field.path)
    return names.filter { seen.insert($0).inserted }
  }
}
