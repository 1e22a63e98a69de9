import Artifacts
import ContentHash
import FileSystem
import Glibc
import ScratchFolders
import Testing

@Suite struct LeaseTests {
  let scratch: ScratchFolder
  let store: Store
  let key = Digest(of: [1])

  init() throws {
    scratch = try ScratchFolder()
    store = try Store(scratch.path / "store")
  }

  private var path: Path { store.root / "leases/\(key)" }

  private func isGranted(_ claim: Claim) -> Bool {
    if case .granted = claim { true } else { false }
  }

  @Test func onlyOneHolds() throws {
    var book = LeaseBook(store)
    guard case .granted(let lease) = try book.claim(key) else {
      Issue.record("a free lease was not granted")
      return
    }
    var other = LeaseBook(store)
    guard case .held(let holder) = try other.claim(key) else {
      Issue.record("a held lease was granted again")
      return
    }
    #expect(holder == ProcessIdentity.current.description)
    lease.release()
    #expect(isGranted(try other.claim(key)))
    // Not ours any more: releasing it again must not take it from the new holder of the same name.
    #expect(path.exists)
  }

  @Test func theLeaseOfTheDeadIsTakenOver() throws {
    let own = ProcessIdentity.current
    for tag in [
      "\(own.host)~\(own.boot)~\(own.pid)~\(own.began + 1)",
      "\(own.host)~0~\(own.pid)~\(own.began)",
      "\(own.host)~\(own.boot)~4194305~7",
    ] {
      try path.write(tag)
      var book = LeaseBook(store)
      #expect(isGranted(try book.claim(key)), "\(tag)")
      path.remove()
    }
  }

  @Test func theLeaseOfAnotherHostOrAHalfWrittenOneIsRespected() throws {
    for text in ["elsewhere~0~1~1", "", "half~wri"] {
      try path.write(text)
      var book = LeaseBook(store)
      #expect(!isGranted(try book.claim(key)), "\(text)")
    }
  }

  /// Machines and containers may share a host name: of another boot or PID namespace nothing can be
  /// looked up here, and only silence tells.
  @Test func whatSharesTheHostNameAloneIsForeign() throws {
    let own = ProcessIdentity.current
    let space = try #require(own.space)
    for tag in [
      "\(own.host)~0~\(space)~\(own.pid)~\(own.began + 1)",
      "\(own.host)~\(own.boot)~1\(space)~\(own.pid)~\(own.began + 1)",
    ] {
      try path.write(tag)
      let identity = try #require(ProcessIdentity(tag: tag))
      #expect(!identity.hasEnded && identity.tag == tag)
      var book = LeaseBook(store)
      #expect(!isGranted(try book.claim(key)), "\(tag)")
      path.remove()
    }
    try path.write("\(own.host)~\(own.boot)~\(space)~4194305~7")
    var book = LeaseBook(store)
    #expect(isGranted(try book.claim(key)), "in our own namespace it can be looked up")
  }

  /// After a power cut: the lease is of an earlier boot and older than patience by the file system's
  /// own clock.
  @Test func anOldLeaseOfAnEarlierBootIsTakenOver() throws {
    let own = ProcessIdentity.current
    try path.write("\(own.host)~0~\(own.space ?? "")~\(own.pid)~\(own.began)")
    let times = [timespec(tv_sec: 1_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000, tv_nsec: 0)]
    #expect(unsafe utimensat(AT_FDCWD, path.description, times, 0) == 0)
    var book = LeaseBook(store)
    #expect(isGranted(try book.claim(key)))
  }

  @Test func leasesOfTheDeadAreSwept() throws {
    let own = ProcessIdentity.current
    try path.write("\(own.host)~\(own.boot)~\(own.pid)~\(own.began + 1)")
    var book = LeaseBook(store)
    _ = try book.claim(Digest(of: [2]))
    try (store.root / "leases/remote").write("elsewhere~0~1~1")
    book.sweep()
    #expect(try (store.root / "leases").names() == ["\(Digest(of: [2]))", "remote"].sorted())
    #expect(try (store.root / "tmp").names() == ["\(own.tag).holder"])
  }

  @Test func theHolderOfManyLeasesNeedsOneFile() throws {
    var book: LeaseBook? = LeaseBook(store)
    for number in 0..<300 {
      _ = try book?.claim(Digest(of: [UInt8(number % 256), UInt8(number / 256)]))
    }
    let leases = try (store.root / "leases").names().map { store.root / "leases" / $0 }
    #expect(leases.count == 300)
    #expect(Set(leases.map { $0.stamp?.inode }).count == 1)
    book = nil
    #expect(try (store.root / "tmp").names().isEmpty)
  }

  @Test func aStolenLeaseIsNotReleased() throws {
    var book = LeaseBook(store)
    guard case .granted(let lease) = try book.claim(key) else { return }
    try path.write("elsewhere~0~1~1")
    lease.release()
    #expect(path.exists)
  }
}
