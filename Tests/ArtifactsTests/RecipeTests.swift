import Artifacts
import ContentHash
import Testing
import Values

/// The vectors of docs/hashing.md, which were computed by another implementation.
@Suite struct RecipeTests {
  static let group = Digest(of: .record(["x": .integer(1)]), domain: "slmc-group/1")

  static func chain(
    version: Int = 2, groups: [(name: String, digest: Digest)] = [("p", group)],
    slot: String = "model",
    input: Digest? = nil, seed: Int? = 7, length: Int? = 1000, goal: Digest? = nil
  ) throws -> Recipe {
    let key = try #require(
      Digest("49ea29bc5b95ce3648a8eee5d2a870ce9b9dd502b89ea95a94fb4ef8bed29a83"))
    return Recipe(
      kind: "chain", version: version, groups: groups,
      inputs: [.init(slot: slot, key: input ?? key)], seed: seed, length: length, goal: goal)
  }

  @Test func constantStage() {
    let recipe = Recipe(
      kind: "constant", version: 1, groups: [("p", Self.group)], inputs: [], seed: nil, length: nil)
    #expect(
      recipe.family.description
        == "78efea931b05edced369b391e2bf2380f26d70a7d13fb9ea6bbf458ef6eaa7c5")
    #expect(
      recipe.key.description == "49ea29bc5b95ce3648a8eee5d2a870ce9b9dd502b89ea95a94fb4ef8bed29a83")
  }

  @Test func chainWithInputSeedAndLength() throws {
    let recipe = try Self.chain()
    #expect(
      recipe.family.description
        == "2ccc2118f20b713ac201d687216eb0fa1f0ef93a3c677c6e4f4281fbedbd1e46")
    #expect(
      recipe.key.description == "41dd7b0e9190f5804be88af36212e6e4935017c2008fd066323ec9ce254e2f40")
    let (stream, result) = recipe.content(of: [("model", Digest(of: Array("content".utf8)))])
    #expect(
      stream.description == "89884344914e4bfdd2ae2ccfd151a06c268e89ce6a7f40758fc26a0e1a550acb")
    #expect(stream.streamName.key == 0x8988_4344_914e_4bfd)
    #expect(stream.streamName.nonce == 0xd2ae_2ccf_d151_a06c)
    #expect(
      result.description == "dbfdd32389f87da72f2b23ee04963e640573d67042754688d7cfc782523f3a55")
  }

  /// A goal is part of the recipe and the result, and of nothing that random numbers come from.
  @Test func chainWithGoal() throws {
    let goal = Digest(
      of: .record(["observable": "energy", "relativeError": .number(0.01)]), domain: "slmc-goal/1")
    #expect(goal.description == "f41e63c26ed2b0c2b5c0a4b434088051cdfe2c2e73b58f244de6712ce0a7fc5b")
    let (plain, recipe) = (try Self.chain(), try Self.chain(goal: goal))
    #expect(recipe.family == plain.family)
    #expect(
      recipe.key.description == "626e4ed03922a79bfef25ab524ab11df279d02ccec079f0a10f1aaa092bf8d0c")
    let contents = [(slot: "model", digest: Digest(of: Array("content".utf8)))]
    #expect(recipe.content(of: contents).stream == plain.content(of: contents).stream)
    #expect(
      recipe.content(of: contents).result.description
        == "d137303302938283992ce4ae625181f4d7b3a65e5f77f9ebfd5349cfc83a0cbf")
  }

  /// Everything that is identity changes the key; the length alone leaves the family.
  @Test func whatChangesWhat() throws {
    let base = try Self.chain()
    let other = Digest(of: [1])
    let others = [
      try Self.chain(version: 3), try Self.chain(groups: [("q", Self.group)]),
      try Self.chain(groups: [("p", other)]),
      try Self.chain(groups: [("p", Self.group), ("q", other)]), try Self.chain(groups: []),
      try Self.chain(slot: "samples"), try Self.chain(input: other), try Self.chain(seed: 8),
      try Self.chain(seed: nil),
    ]
    #expect(Set((others + [base]).map(\.family)).count == others.count + 1)
    let longer = try Self.chain(length: 1001)
    #expect(longer.family == base.family && longer.key != base.key)
    #expect(try Self.chain(length: nil).key != base.key)
  }

  /// Random numbers follow the contents of the inputs and neither the version nor the length.
  @Test func streamsFollowContents() throws {
    let contents: [(slot: String, digest: Digest)] = [("model", Digest(of: [5]))]
    let base = try Self.chain().content(of: contents)
    let mended = try Self.chain(version: 3, length: 5).content(of: contents)
    #expect(mended.stream == base.stream && mended.result != base.result)
    let otherWay = try Self.chain(input: Digest(of: [1])).content(of: contents)
    #expect(otherWay == base)
    #expect(try Self.chain().content(of: [("model", Digest(of: [6]))]).stream != base.stream)
  }
}
