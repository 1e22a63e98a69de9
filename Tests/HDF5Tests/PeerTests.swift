import Foundation
import HDF5
import Testing

private let hasH5dump = run("h5dump", ["--version"])?.status == 0

/// Other programs read what is written here, and the other way round.
@Suite struct PeerTests {
  @Test(.enabled(if: pythonWithH5py != nil, "SKIPPED: no python3 with h5py, and pip cannot get it"))
  func h5pyReadsOurs() throws {
    let folder = try ScratchFolder()
    let file = try HDF5File(creating: folder.path("x.h5"))
    try fillSample(file, compression: .deflate(6))
    try file.close()
    let output = try python(
      """
      import h5py, numpy as np, sys
      f = h5py.File(sys.argv[1])
      e = f['results/energy']
      assert e.dtype == np.float64 and e.shape == (1000, 3) and e.shuffle
      assert e.compression == 'gzip' and e.compression_opts == 6
      assert np.array_equal(e[...].ravel(), np.arange(3000) % 17 / 4)
      c = f['results/counts']
      assert c.dtype == np.int64 and list(c) == [1, -2, 2**63 - 1] and c.chunks is None
      assert f['scalar'].shape == () and f['scalar'][()] == 2.5
      assert f['empty'].shape == (0, 4)
      assert list(f['labels'].asstr()) == ['τ', '', 'spin']
      w = f['waves']
      assert w.dtype == np.complex128 and np.array_equal(w[...].ravel(), np.arange(600) - 0.5j)
      assert e.attrs['unit'].decode() == 'τ₀' and e.attrs['error'] == 0.1
      assert list(f['results'].attrs['extents']) == [6, 6] and f.attrs['seed'] == 7
      assert [n.decode() for n in f.attrs['names']] == ['a', 'bc']
      assert sorted(f) == ['empty', 'labels', 'results', 'scalar', 'waves']
      print('agreed')
      """, folder.path("x.h5"))
    #expect(output == "agreed\n")
  }

  /// Types slmc never writes but users bring: other widths, byte orders and kinds of string.
  @Test(.enabled(if: pythonWithH5py != nil, "SKIPPED: no python3 with h5py, and pip cannot get it"))
  func weReadH5py() throws {
    let folder = try ScratchFolder()
    _ = try python(
      """
      import h5py, numpy as np, sys
      f = h5py.File(sys.argv[1], 'w')
      f['f4'] = np.array([[0.5, -2]], '<f4')
      f['f8'] = np.array([0.1, 3], '>f8')
      f['i4'] = np.array([1, -2], '>i4')
      f['u1'] = np.array([0, 255], 'u1')
      f['u8'] = np.array([2**64 - 1], 'u8')
      f['c8'] = np.array([1 + 2j], '>c8')
      f['c16'] = np.array([1 + 2j], '>c16')
      f['text'] = ['τ', '', 'long enough']
      f['fixed'] = np.array([b'ab', b'c'], 'S4')
      f['flag'] = np.array([True])
      f['null'] = h5py.Empty('f8')
      f['f8'].attrs['unit'] = 'τ₀'
      rows = np.arange(40.).reshape(20, 2)
      f.create_dataset('chunks', data=rows, chunks=(7, 2), maxshape=(None, 2))
      f['soft'] = h5py.SoftLink('/f8')
      f.create_group('loop')['loop'] = f['/']
      f['dangling'] = h5py.SoftLink('/nowhere')
      """, folder.path("x.h5"))
    let file = try HDF5File(opening: folder.path("x.h5"))
    #expect(try file.doubles(at: "/f4") == [0.5, -2])
    #expect(try file.doubles(at: "/f8") == [0.1, 3])
    #expect(try file.doubles(at: "/soft") == [0.1, 3])
    #expect(try file.doubles(at: "/chunks", rows: 6..<8) == [12, 13, 14, 15])
    #expect(try file.integers(at: "/i4") == [1, -2])
    #expect(try file.integers(at: "/u1") == [0, 255])
    #expect(try file.complexNumbers(at: "/c8") == [Complex128(1, 2)])
    #expect(try file.complexNumbers(at: "/c16") == [Complex128(1, 2)])
    #expect(try file.strings(at: "/text") == ["τ", "", "long enough"])
    #expect(try file.strings(at: "/text", rows: 2..<3) == ["long enough"])
    #expect(try file.strings(at: "/fixed") == ["ab", "c"])
    #expect(try file.stringAttribute("unit", of: "/f8") == "τ₀")
    #expect(try !file.exists("/dangling"))
    #expect(throws: HDF5Error.self) { try file.integers(at: "/u8") }
    #expect(throws: HDF5Error.self) { try file.integers(at: "/flag") }
    #expect(throws: HDF5Error.self) { try file.doubles(at: "/null") }
    let unusual: Set = ["/loop", "/flag", "/null", "/soft", "/dangling"]
    var types: [String] = []
    var canonical: [String: [UInt8]] = [:]
    try file.forEachItem(skipping: { path, _ in unusual.contains(path) }) { item in
      if item.kind == .dataset { types.append(item.typeName ?? "") }
      if item.kind == .dataset { canonical[item.path] = item.bytes }
    }
    #expect(
      types == [
        "complex128", "complex64", "float64", "float32", "float64", "string", "int32", "string",
        "uint8", "uint64",
      ])
    let ours = try HDF5File.inMemory()
    try ours.write([0.1, 3], to: "/f8")
    try ours.write([Complex128(1, 2)], to: "/c16")
    try ours.write(["τ", "", "long enough"], to: "/text")
    try ours.forEachItem { item in
      if item.kind == .dataset { #expect(canonical[item.path] == item.bytes, "\(item.path)") }
    }
    for path in unusual.sorted() {
      #expect(throws: HDF5Error.self, "\(path)") {
        try file.forEachItem(skipping: { at, _ in at != "/" && !at.hasPrefix(path) }) { _ in }
      }
    }
  }

  @Test(.enabled(if: hasH5dump, "SKIPPED: no h5dump (Debian: hdf5-tools)"))
  func h5dumpReadsOurs() throws {
    let folder = try ScratchFolder()
    let file = try HDF5File(creating: folder.path("x.h5"))
    try fillSample(file, compression: .deflate(6))
    try file.close()
    let whole = try #require(run("h5dump", ["-p", "-B", folder.path("x.h5")]))
    #expect(whole.status == 0)
    for line in [
      "SUPERBLOCK_VERSION 0", "DATASET \"energy\"", "H5T_IEEE_F64LE", "H5T_STD_I64LE",
      "PREPROCESSING SHUFFLE", "COMPRESSION DEFLATE { LEVEL 6 }", "CSET H5T_CSET_UTF8",
      "STRPAD H5T_STR_NULLPAD", "9223372036854775807",
    ] {
      #expect(whole.output.contains(line), "\(line)")
    }
  }
}
