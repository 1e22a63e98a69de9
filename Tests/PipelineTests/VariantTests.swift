import ContentHash
import Manifest
import Pipeline
import Testing
import Values

/// Variants told apart by a field of their own, in a form that another group decides.
@Suite struct VariantTests {
  private static func exact(_ version: Int) -> GroupSchema {
    let steps = FieldSchema("steps", .count, default: .integer(8), "")
    let common = [FieldSchema("stride", .count, default: .integer(1), "")]
    return GroupSchema(
      "exact", "", fields: common,
      forms: .init(
        by: "system",
        [
          (
            "spins",
            GroupSchema(
              "exact", "", fields: common,
              variants: [
                .init("fast", ""), .init("hmc", version: version, "", fields: [steps]),
              ], selector: .init("method", standard: "fast"))
          ),
          (
            "field",
            GroupSchema(
              "exact", "", fields: common, variants: [.init("metropolis", "")],
              selector: .init("method", standard: "metropolis"))
          ),
        ]))
  }

  private static func declaration(_ version: Int) -> StageDeclaration {
    StageDeclaration(
      "exact-samples", version: 1, "",
      groups: [
        GroupSchema("system", "", variants: [.init("spins", ""), .init("field", "")]),
        exact(version),
      ])
  }

  private func digest(_ version: Int, _ exact: Record, system: String = "spins") -> Digest? {
    let parameters: Record = [
      "exact": .record(exact), "system": .record(["kind": .text(system)]),
    ]
    return Self.declaration(version).identities(of: parameters)
      .first { $0.name == "exact" }?.identity.digest
  }

  @Test func theFirstVersionSaysNothing() {
    let plain = GroupIdentity(["method": "hmc"], schema: nil).digest
    #expect(digest(1, ["method": "hmc"]) == plain)
  }

  @Test func aRaisedVersionIsOnlyItsOwnVariants() {
    #expect(digest(2, ["method": "hmc"]) != digest(1, ["method": "hmc"]))
    #expect(digest(2, ["method": "hmc"]) != digest(3, ["method": "hmc"]))
    #expect(digest(2, ["method": "fast"]) == digest(1, ["method": "fast"]))
  }

  /// What was made under an earlier version is known for what it is.
  @Test func earlierVersionsAreKnown() throws {
    let schema = try #require(
      Self.exact(3).form(beside: ["system": .record(["kind": "spins"])]))
    let identity = GroupIdentity(["method": "hmc"], schema: schema)
    #expect(identity.earlier == [digest(1, ["method": "hmc"]), digest(2, ["method": "hmc"])])
    #expect(identity.isKnown)
    #expect(!GroupIdentity(["method": "guess"], schema: schema).isKnown)
    #expect(!GroupIdentity([:], schema: Self.exact(1)).isKnown)
  }

  /// The default method of each system says nothing, and so does a field of another variant at its default,
  /// which artifacts of before hold.
  @Test func defaultsSayNothing() {
    #expect(digest(1, ["method": "fast"]) == digest(1, [:]))
    #expect(digest(1, ["method": "metropolis"], system: "field") == digest(1, [:]))
    #expect(digest(1, ["method": "fast", "steps": .integer(8)]) == digest(1, [:]))
    #expect(digest(1, ["method": "fast", "steps": .integer(9)]) != digest(1, [:]))
  }
}
