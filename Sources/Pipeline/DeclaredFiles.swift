internal import Artifacts
internal import ContentHash
internal import Diagnostics
internal import FileSystem
internal import Values
internal import YAML

/// Turns the names of a project's files into the digests of their contents.
///
/// Contents are read at every plan: no time stamp can vouch for them, since a clock's tick is longer
/// than an edit. A file is read once per plan.
struct DeclaredFiles {
  let project: Path
  private var known: [String: Digest] = [:]

  init(project: Path) { self.project = project }

  /// A record from names to digests; nil, with the reasons noted, when a file cannot be read.
  mutating func digests(
    of names: Value?, at node: YAMLNode?, problems: inout Diagnostics
  ) -> Value? {
    var record = Record()
    var complete = true
    for (place, name) in (names?.list ?? []).compactMap(\.text).enumerated() {
      let location = node?.elements?.dropFirst(place).first?.location ?? node?.location
      do {
        record[name] = .text(try digest(of: name).description)
      } catch {
        problems.append(
          .error(
            "cannot use the file `\(name)`: \(error.reason)", at: location, length: name.count,
            hint: "files are named relative to \(project.absolute)"))
        complete = false
      }
    }
    return complete ? .record(record) : nil
  }

  private mutating func digest(of name: String) throws(SystemError) -> Digest {
    if let known = known[name] { return known }
    let digest = try Digest(ofFile: project / name, limit: Job.largestFile)
    known[name] = digest
    return digest
  }
}
