internal import FileSystem

extension ResultTable {
  /// Writes NAME.tsv, NAME.json, NAME.md and NAME.tex into a directory, which is made if it is not
  /// there, and returns the file names.
  @discardableResult
  public func write(into directory: String) throws(ReportFileError) -> [String] {
    do throws(SystemError) {
      try Path(directory).createFolders()
      let files = [
        ("tsv", tabSeparated()), ("json", json()), ("md", markdown()), ("tex", latex()),
      ]
      for (ending, text) in files {
        try (Path(directory) / "\(name).\(ending)").replace(with: text)
      }
      return files.map { "\(name).\($0.0)" }
    } catch {
      throw ReportFileError(path: error.path, reason: error.reason)
    }
  }
}
