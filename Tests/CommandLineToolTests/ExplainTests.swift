import Testing
import Values

@Suite struct ExplainTests {
  @Test func everyFieldExplainsItself() throws {
    let desk = try Desk()
    let fields = try desk.slmc("explain", "--json").json["fields"]?.list ?? []
    #expect(fields.count > 60)
    for field in fields {
      let path = try #require(field["path"]?.text)
      let page = try desk.slmc("explain", path)
      #expect(page.code == 0, "\(path)")
      #expect(page.output.contains(try #require(field["summary"]?.text)), "\(path)")
    }
  }

  @Test func everyStageKindExplainsItself() throws {
    let desk = try Desk()
    let kinds = try desk.slmc("explain", "--json").json["stageKinds"]?.list ?? []
    #expect(kinds.count >= 5)
    for kind in kinds {
      let name = try #require(kind["kind"]?.text)
      let page = try desk.slmc("explain", name).output
      for dataset in kind["datasets"]?.list ?? [] {
        #expect(page.contains(try #require(dataset["path"]?.text)), "\(name)")
      }
    }
  }

  @Test(arguments: [
    ("system.temperature", "T, the temperature"), ("temperature", "system.temperature"),
    ("parameters.system.temperature", "T, the temperature"), ("figures.acceptance.x", "figures.x"),
    ("sweep", "sweep.exclude"), ("linspace", "linspace.count"), ("seed", "random numbers"),
    ("profiles.ci.set", "profiles.set"), ("exact-samples", "/chain/logWeight"),
    ("fermion-window", "model.window"), ("double-exchange", "system.temperature"),
  ])
  func answersWhatPeopleType(key: String, expected: String) throws {
    let answer = try Desk().slmc("explain", key)
    #expect(answer.code == 0)
    #expect(answer.output.contains(expected))
  }

  @Test(arguments: [
    ("temprature", "did you mean `temperature`?"),
    ("exact-sample", "did you mean `exact-samples`?"), ("atention", "did you mean `attention`?"),
    ("zzzzzz", "`slmc explain` lists everything"),
  ])
  func suggestsForWhatDoesNotExist(key: String, hint: String) throws {
    let answer = try Desk().slmc("explain", key)
    #expect(answer.code == 2)
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains(hint))
  }

  @Test func aModelIsExplainedWithoutTheOthers() throws {
    let page = try Desk().slmc("explain", "attention").output
    #expect(page.contains("model.heads") && page.contains("model.kind"))
    #expect(!page.contains("model.hidden") && !page.contains("kind: cnn "))
  }

  @Test func jsonSchemaKnowsEveryParameter() throws {
    let desk = try Desk()
    let schema = try desk.slmc("explain", "--json-schema").json
    let parameters = try #require(schema["properties"]?["parameters"]?["properties"]?.record)
    let fields = try desk.slmc("explain", "--json").json["fields"]?.list ?? []
    for field in fields where field["readBy"]?.list?.isEmpty == false {
      let words = (field["path"]?.text ?? "").split(separator: ".").map(String.init)
      guard words.count == 2 else { continue }
      let group = try #require(parameters[words[0]])
      let variants = group["anyOf"]?.list ?? [group]
      #expect(
        variants.contains { $0["properties"]?[words[1]]?["description"]?.text != nil },
        "\(words)")
    }
  }

  /// The rules must not refuse what a sweep supplies: no parameter is required, mistakes in names are
  /// refused, and a kind allows its own fields only.
  @Test func jsonSchemaOfGroupsIsClosedAndRequiresNothing() throws {
    let schema = try Desk().slmc("explain", "--json-schema").json
    let system = try #require(schema["properties"]?["parameters"]?["properties"]?["system"])
    #expect(system["required"] == nil)
    #expect(system["additionalProperties"] == .boolean(false))
    let rule = try #require(system["allOf"]?.list?.first)
    #expect(rule["if"]?["properties"]?["kind"]?["const"] == "double-exchange")
    let names = rule["then"]?["propertyNames"]?["enum"]?.list ?? []
    #expect(names.contains("temperature"))
    #expect(!names.contains("layers"))
    #expect(schema["required"]?.list?.contains("experiment") == true)
  }

  @Test func markdownHasATableRowPerField() throws {
    let desk = try Desk()
    let page = try desk.slmc("explain", "--markdown").output
    let fields = try desk.slmc("explain", "--json").json["fields"]?.list ?? []
    for field in fields { #expect(page.contains("| `\(field["path"]?.text ?? "?")` |")) }
    for line in page.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.filter { $0 == "|" }.count - line.matches(of: /\\\|/).count
      #expect([3, 5, 6].contains(cells), "\(line)")
    }
  }
}
