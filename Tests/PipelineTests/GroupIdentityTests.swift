import ContentHash
import Manifest
import Pipeline
import Testing
import Values

/// What of a group makes its key: a later release may add fields without re-running anything.
@Suite struct GroupIdentityTests {
  let old = GroupSchema(
    "chain", "", fields: [FieldSchema("width", .number(.positive), "")])
  let new = GroupSchema(
    "chain", "",
    fields: [
      FieldSchema("width", .number(.positive), ""),
      FieldSchema("mode", .text, default: "plain", ""),
    ])

  @Test func aNewFieldAtItsDefaultChangesNoKey() {
    let before = GroupIdentity(["width": .number(2)], schema: old)
    let after = GroupIdentity(["width": .number(2), "mode": "plain"], schema: new)
    #expect(before.digest == after.digest)
  }

  @Test func anotherValueOfItDoes() {
    let plain = GroupIdentity(["width": .number(2), "mode": "plain"], schema: new)
    let other = GroupIdentity(["width": .number(2), "mode": "other"], schema: new)
    #expect(plain.digest != other.digest)
  }

  @Test func lengthAndExecutionAreNoIdentity() {
    let schema = GroupSchema(
      "chain", "",
      fields: [
        FieldSchema("steps", .count, role: .length, ""),
        FieldSchema("threads", .count, default: .integer(1), role: .execution, ""),
      ])
    let short = GroupIdentity(["steps": .integer(5), "threads": .integer(1)], schema: schema)
    let long = GroupIdentity(["steps": .integer(9), "threads": .integer(4)], schema: schema)
    #expect(short.digest == long.digest)
    #expect(short.length == 5 && long.length == 9)
  }

  @Test func aGoalIsNoIdentityOfTheChain() {
    let schema = GroupSchema(
      "chain", "", fields: [FieldSchema("until", .text, default: "never", role: .goal, "")])
    let plain = GroupIdentity(["until": "never"], schema: schema)
    let aimed = GroupIdentity(["until": "dawn"], schema: schema)
    #expect(plain.digest == aimed.digest && plain.goal == nil && aimed.goal != nil)
    #expect(GroupIdentity(["until": "dusk"], schema: schema).goal != aimed.goal)
    // By the rule of today; chains that an earlier one ended are still known for what they are.
    #expect(aimed.goal == Digest(of: "dawn", domain: "slmc-goal/2"))
    #expect(aimed.earlierGoals == [Digest(of: "dawn", domain: "slmc-goal/1")])
    #expect(plain.earlierGoals.isEmpty)
  }
}
