internal import Glibc

/// Refuses what the library would wait for without end, such as a FIFO.
func requireFile(_ path: String) throws(HDF5Error) {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { return }
  guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
    throw .unsupported(object: path, reason: "is no regular file, as an HDF5 file must be")
  }
}
