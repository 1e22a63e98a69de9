import Artifacts
import ContentHash
import FileSystem
import HDF5
import Values

/// Commits small artifacts without any stage.
struct Maker {
  let store: Store

  /// What every example is said to be made of, where it is made of something.
  var input: ArtifactMetadata.Input?

  static func recipe(
    _ number: Int, length: Int? = nil, input: ArtifactMetadata.Input? = nil
  ) -> Recipe {
    Recipe(
      kind: "test", version: 1, groups: [("p", Digest(of: [UInt8(number)]))],
      inputs: input.map { [Recipe.Input(slot: $0.slot, key: $0.key)] } ?? [], seed: nil,
      length: length)
  }

  func stage(
    _ number: Int, value: Double? = nil, length: Int? = nil, label: String = "made",
    provenance: Record = ["cpuSeconds": .number(0.25)]
  ) throws -> (staging: Staging, metadata: ArtifactMetadata) {
    let recipe = Self.recipe(number, length: length, input: input)
    let inputs = input.map { [$0] } ?? []
    let staging = try store.stage("\(label)-\(number)")
    let file = try HDF5File(creating: staging.data.description)
    try file.write([value ?? Double(number)], to: "/x")
    try file.close()
    try staging.state.write([1, 2, 3])
    let bytes = try staging.data.read()
    return (
      staging,
      ArtifactMetadata(
        recipe: recipe, result: recipe.content(of: inputs.map { ($0.slot, $0.content) }).result,
        parameters: ["p": .integer(number)], inputs: inputs,
        content: try ContentDigest.of(staging.data), file: Digest(of: bytes), bytes: bytes.count,
        state: Digest(of: [1, 2, 3]), highlights: ["tau": .number(1.5)],
        provenance: provenance)
    )
  }

  @discardableResult
  func commit(_ number: Int, value: Double? = nil, length: Int? = nil) throws -> IndexRecord {
    try store.commit([try stage(number, value: value, length: length)])[0]
  }

  func key(_ number: Int) -> Digest { Self.recipe(number, input: input).key }
}
