extension ResultTable {
  /// Writes NAME.tsv, NAME.json, NAME.md and NAME.tex into a directory, which is made if it is not
  /// there, and returns the file names.
  @discardableResult
  public func write(into directory: String) throws(ReportFileError) -> [String] {
    do throws(FileFailure) {
      try OutputFile.makeDirectory(directory)
      let files = [
        ("tsv", tabSeparated()), ("json", json()), ("md", markdown()), ("tex", latex()),
      ]
      for (ending, text) in files {
        try OutputFile.write(text, to: "\(directory)/\(name).\(ending)")
      }
      return files.map { "\(name).\($0.0)" }
    } catch {
      throw ReportFileError(path: error.path, reason: error.reason)
    }
  }
}
