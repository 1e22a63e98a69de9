import HDF5
import Testing

/// The bytes of a file are all that it holds: what lies elsewhere is never content.
@Suite struct ForeignBytesTests {
  private static let script = """
    import h5py, numpy as np, os, sys
    os.chdir(sys.argv[1])
    secret = h5py.File('secret.h5', 'w')
    secret['s'] = np.full(100, 42.)
    secret.close()
    np.full(100, 42.).tofile('secret.bin')
    f = h5py.File('x.h5', 'w', libver=('earliest', 'v110'))
    f['own'] = np.arange(3.)
    f['link'] = h5py.ExternalLink('secret.h5', '/s')
    f['group'] = h5py.ExternalLink('secret.h5', '/')
    f['soft'] = h5py.SoftLink('/own')
    f['softgroup'] = h5py.SoftLink('/group')
    f['around'] = h5py.SoftLink('/around')
    unlimited = h5py.h5f.UNLIMITED
    f.create_dataset('external', (100,), '<f8', external=[('secret.bin', 0, unlimited)])
    layout = h5py.VirtualLayout((100,), '<f8')
    layout[:] = h5py.VirtualSource('secret.h5', 's', (100,))
    f.create_virtual_dataset('virtual', layout)
    """

  private func file(in folder: ScratchFolder) throws -> HDF5File {
    _ = try python(Self.script, folder.path(""))
    return try HDF5File(opening: folder.path("x.h5"))
  }

  @Test(.enabled(if: pythonWithH5py != nil, "SKIPPED: no python3 with h5py, and pip cannot get it"))
  func itIsRefusedHoweverItIsAskedFor() throws {
    let folder = try ScratchFolder()
    let file = try file(in: folder)
    for (path, words) in [
      ("/link", "a link to another file"), ("/group/s", "a link to another file"),
      ("/softgroup/s", "a link to another file"), ("/around", "a loop of soft links"),
      ("/external", "has external storage"), ("/virtual", "is a virtual dataset"),
    ] {
      for ask in Self.questions {
        let error = #expect(throws: HDF5Error.self, "\(path)") { try ask(file, path) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(path)")
      }
      #expect(throws: HDF5Error.self, "\(path)") {
        try file.forEachItem(skipping: { at, _ in at != "/" && !path.hasPrefix(at) }) { _ in }
      }
    }
    #expect(try file.doubles(at: "/soft") == [0, 1, 2])
    #expect(try file.doubles(at: "/own") == [0, 1, 2])
  }

  private static let questions: [@Sendable (HDF5File, String) throws -> Void] = [
    { _ = try $0.doubles(at: $1) }, { _ = try $0.shape(of: $1) }, { _ = try $0.kind(of: $1) },
    { _ = try $0.children(of: $1) }, { _ = try $0.attributeNames(of: $1) },
    { _ = try $0.typeName(of: $1) },
  ]
}
