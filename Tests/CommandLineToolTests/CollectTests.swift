import Artifacts
import ContentHash
import FileSystem
import Testing
import Values

@Suite struct CollectTests {
  private func garbage(_ desk: Desk, _ more: String...) throws -> Set<String> {
    let answer = try desk.slmc(["gc", "e.yaml", "--json"] + more)
    #expect(answer.code == 0, "\(answer.errors)")
    return Set(try answer.json["garbage"]?.list?.compactMap { $0["key"]?.text } ?? [])
  }

  /// Runs points 1, 2, 3 and then asks for 1 and 2 alone.
  private func shrunk(more: String = "") throws -> (desk: Desk, old: Set<String>) {
    let desk = try Desk.ran()
    let all = try desk.keys()
    try desk.write(Desk.chain(values: "[1, 2]", more: more), to: "e.yaml")
    return (desk, Set(all.filter { $0.key.contains("=3") }.values))
  }

  @Test func nothingThatIsNeededGoes() throws {
    #expect(try garbage(Desk.ran()).isEmpty)
  }

  @Test func whatNoPlanReachesGoesOnlyWhenAsked() throws {
    let (desk, old) = try shrunk()
    #expect(try garbage(desk) == old)
    for key in old { #expect(desk.artifact(key).exists, "a dry run removes nothing") }
    #expect(try garbage(desk, "--delete") == old)
    for key in old { #expect(!desk.artifact(key).exists) }
    #expect(try desk.counts() == (cached: 4, toDo: 0))
    #expect(try desk.slmc("verify").code == 0)
    #expect(try garbage(desk, "--delete").isEmpty)
  }

  @Test func profilesCountAsNeeded() throws {
    let (desk, _) = try shrunk(more: "profiles: {old: {sweep: {product: {first.value: [3]}}}}")
    #expect(try garbage(desk).isEmpty)
  }

  @Test func severalManifestsAreNeededTogether() throws {
    let (desk, old) = try shrunk()
    try desk.write(Desk.chain(name: "f", values: "[3]"), to: "f.yaml")
    let both = try desk.slmc("gc", "e.yaml", "f.yaml", "--json").json["garbage"]?.list
    #expect(both == [])
    #expect(try garbage(desk) == old)
  }

  @Test func aPinKeepsTheWholeLineage() throws {
    let (desk, old) = try shrunk()
    let last = try #require(
      try desk.slmc("ls", "--json").json["artifacts"]?.list?.first {
        old.contains($0["key"]?.text ?? "") && $0["usedBy"]?.list == []
      }?["key"]?.text)
    #expect(try desk.slmc("pin", String(last.prefix(12)), "--note", "figure 2").code == 0)
    #expect(try garbage(desk).isEmpty)
    let pins = try desk.slmc("pins", "--json").json["pins"]?.list ?? []
    #expect(pins.count == 1)
    #expect(pins.first?["note"] == "figure 2")
    #expect(pins.first?["kind"] == "constant")
    #expect(try desk.slmc("unpin", String(last.prefix(12))).code == 0)
    #expect(try garbage(desk) == old)
    #expect(try desk.slmc("pins").output.contains("nothing is pinned"))
  }

  @Test func aBaselineKeepsWhatItNames() throws {
    let (desk, old) = try shrunk(more: "baseline: base.json")
    let key = try #require(old.sorted().first)
    try desk.write("{\"rows\": [{\"artifact\": \"\(key.prefix(12))\"}]}", to: "base.json")
    #expect(try !garbage(desk).contains(key))
  }

  /// While anything runs, what experiments noted stays: the running job may read it next.
  @Test func runningJobsKeepWhatTheyMayNeed() throws {
    let (desk, old) = try shrunk()
    let store = try Store(desk.store)
    var book = LeaseBook(store)
    guard case .granted(let lease) = try book.claim(Digest(of: [1])) else {
      Issue.record("the lease was not granted")
      return
    }
    #expect(try garbage(desk, "--delete").isEmpty)
    #expect(try desk.slmc("gc", "e.yaml").output.contains("jobs are running"))
    lease.release()
    #expect(try garbage(desk) == old)
  }

  @Test func damagedArtifactsAreGarbage() throws {
    let desk = try Desk.ran()
    let key = try desk.key("a[first.value=1]")
    try desk.tamper(desk.artifact(key) / "meta.json") { $0 = [] }
    #expect(try garbage(desk) == [key])
  }

  @Test func itWarnsOfOtherExperiments() throws {
    let desk = try Desk.ran()
    try desk.write(Desk.chain(name: "f", values: "[9]"), to: "f.yaml")
    try desk.slmc("run", "f.yaml", "--quiet")
    let answer = try desk.slmc("gc", "e.yaml")
    #expect(answer.errors.contains("experiments that were not given: f"))
    #expect(try desk.slmc("gc").code == 2, "without a manifest all would be garbage")
  }
}
