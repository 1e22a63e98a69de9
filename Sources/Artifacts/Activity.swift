public import ContentHash
internal import FileSystem

/// What is going on about artifacts that are not there yet, as far as files tell: leases, logs and
/// checkpoints. A snapshot for people; nothing is decided by it.
public struct Activity: Sendable {
  /// Whether anybody works on a job, and who.
  public enum State: Sendable {
    /// Nobody works on it and nobody did.
    case idle
    case running(holder: String)
    /// Somebody began and was stopped.
    case interrupted(hasCheckpoint: Bool)
    /// - Parameter log: its last lines.
    case failed(log: [String])
  }

  private let store: Store
  private let leases: Set<String>
  private let logs: Set<String>
  private let checkpoints: Set<String>

  /// What is going on in a store at this moment.
  public init(_ store: Store) {
    self.store = store
    func names(_ folder: String) -> Set<String> {
      Set((try? (store.root / folder).names()) ?? [])
    }
    leases = names("leases")
    logs = names("logs")
    checkpoints = names("checkpoints")
  }

  /// What is going on about an artifact that is not there.
  public func state(of recipe: Recipe) -> State {
    let name = recipe.key.description
    if leases.contains(name), let holder = holder(of: recipe.key) {
      return .running(holder: holder.description)
    }
    let hasCheckpoint = checkpoints.contains(recipe.family.description)
    guard logs.contains("\(name).log") else {
      return hasCheckpoint ? .interrupted(hasCheckpoint: true) : .idle
    }
    let lines = lastLines(of: recipe.key)
    let failed = lines.contains { $0.hasPrefix("error") || $0.contains("Fatal error") }
    return failed ? .failed(log: lines) : .interrupted(hasCheckpoint: hasCheckpoint)
  }

  /// Who holds a recipe, unless it is a process of this machine that has ended.
  private func holder(of key: Digest) -> ProcessIdentity? {
    guard let text = try? (store.root / "leases" / key.description).readText(),
      let identity = ProcessIdentity(tag: text), !identity.hasEnded
    else { return nil }
    return identity
  }

  private func lastLines(of key: Digest) -> [String] {
    let text = (try? store.log(of: key).readText()) ?? ""
    return text.split(separator: "\n").suffix(8).map(String.init)
  }

  /// Keys that a living process holds, for whoever is about to remove things.
  public var leasedKeys: [Digest] {
    leases.sorted().compactMap { Digest($0) }.filter { holder(of: $0) != nil }
  }
}
