import Artifacts
import ContentHash
import Damage
import FileSystem
import Manifest
import Pipeline
import ScratchFolders
import Testing
import Theories
import Values

/// What a process is told to do, read back from whatever its file has become.
@Suite struct JobDescriptionTests {
  private func description() throws -> JobDescription {
    let parameters: Record = ["p": .record(["x": .integer(1), "y": .list([.number(2.5), "a"])])]
    let declaration = try #require(StageRegistry.standard["constant"]?.declaration)
    let recipe = Recipe(
      kind: "constant", version: declaration.version,
      groups: declaration.identities(of: parameters).map { ($0.name, $0.identity.digest) },
      inputs: [.init(slot: "a", key: Digest(of: [1]))], seed: 3, length: nil)
    return JobDescription(
      recipe: recipe, label: "e", parameters: parameters,
      inputs: [.init(slot: "a", key: Digest(of: [1]), content: Digest(of: [2]))],
      predecessor: Digest(of: [3]), project: Path("/tmp"), command: "slmc run e.yaml",
      build: "one")
  }

  @Test func comesBackAsItWas() throws {
    let description = try description()
    let back = try #require(JobDescription(try Value(json: description.value.json())))
    #expect(back.recipe.key == description.recipe.key && back.value == description.value)
    let declaration = try #require(StageRegistry.standard["constant"]?.declaration)
    #expect(back.isConsistent(with: declaration))
    #expect(back.build == "one")
  }

  /// A program of another version of the stage must not file its numbers under this recipe's key.
  @Test func anotherVersionIsRefused() throws {
    let declaration = try #require(StageRegistry.standard["constant"]?.declaration)
    var record = try #require(try description().value.record)
    record["version"] = .integer(declaration.version + 1)
    let other = try #require(JobDescription(.record(record)))
    #expect(!other.isConsistent(with: declaration))
  }

  /// A description that is still taken for one of its stage has the parameters that it was given,
  /// for the recipe's key stands for them.
  @Test func damagedOnesAreRefused() throws {
    let description = try description()
    let whole = description.value.json()
    let declaration = try #require(StageRegistry.standard["constant"]?.declaration)
    var damage = Damage(seed: 1)
    var (read, consistent) = (0, 0)
    for round in 0..<20_000 {
      guard let value = try? Value(json: damage.damaged(whole)), let found = JobDescription(value)
      else { continue }
      read += 1
      #expect(found.inputs.count == value["inputs"]?.list?.count, "round \(round)")
      guard found.isConsistent(with: declaration) else { continue }
      consistent += 1
      #expect(found.parameters == description.parameters, "round \(round)")
    }
    #expect(read > 100 && consistent < read)
  }
}
