internal import Diagnostics
internal import FileSystem
internal import Stages
internal import YAML

enum EvaluateVerb: Verb {
  static let computes = true
  static let declaration = VerbDeclaration(
    "evaluate", "weights of configurations that you bring along",
    details: """
      The fragment has the manifest's own groups: `system:`, and optionally `model:` with explicit
      weights. Spins have the shape (n, N, 3), in single precision they are normalised; `logWeight` (n), `levels` (n, 2N) and, with a model,
      `effectiveEnergy` (n) are written.
      """,
    positionals: [.init("FRAGMENT.yaml")],
    options: [
      .init("--spins", "IN.h5:/PATH", "the configurations"),
      .init("--output", "OUT.h5", "where the results go; replaced when it exists"),
    ],
    examples: ["slmc evaluate fragment.yaml --spins spins.h5:/spins --output weights.h5"])

  static func run(_ arguments: Arguments, in tool: Tool) throws -> ExitCode {
    guard let spins = arguments.value("--spins"), let output = arguments.value("--output") else {
      throw Diagnostics(
        error: "`slmc evaluate` needs --spins IN.h5:/PATH and --output OUT.h5",
        hint: "usage: \(declaration.usage)")
    }
    let path = Path(arguments.positionals[0])
    let bytes = try readOrExplain(path)
    let source = SourceText(file: path.description, bytes: bytes)
    do {
      let evaluation = try Evaluation(
        fragment: try YAML.parse(bytes: bytes, file: path.description), tool.theories)
      let place = try DatasetPlace(spins).checked()
      if let word = try evaluation.run(input: place.file, dataset: place.path, output: output) {
        tool.errors.print("warning: \(word)")
      }
    } catch let problems as Diagnostics {
      throw problems.quoting(source)
    } catch {
      throw Diagnostics(error: "\(error)")
    }
    return .done
  }
}

/// A dataset as the command line names it: FILE.h5:/path/in/file.
struct DatasetPlace {
  let file: String
  let path: String

  init(_ text: String) {
    if let colon = text.range(of: ":/") {
      file = String(text[..<colon.lowerBound])
      path = "/" + text[colon.upperBound...]
    } else {
      file = text
      path = "/"
    }
  }

  /// Says in plain words when there is no such file.
  func checked() throws(Diagnostics) -> DatasetPlace {
    guard Path(file).exists else { throw Diagnostics(error: "there is no file \(file)") }
    return self
  }
}

extension StringProtocol {
  /// The first place of a text in this one.
  fileprivate func range(of part: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(part) }.map { start in
      start..<index(start, offsetBy: part.count)
    }
  }
}

/// Reads a file that the command line names; a bad name is a mistake of the command line.
func readOrExplain(_ path: Path) throws(Diagnostics) -> [UInt8] {
  do {
    return try path.read()
  } catch {
    throw Diagnostics(error: "cannot read \(path): \(error.reason)")
  }
}
