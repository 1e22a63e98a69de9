internal import FileSystem

/// A figure that was drawn.
public struct RenderedFigure: Sendable, Hashable {
  /// The stem of its files.
  public var name: String
  /// Above the figure.
  public var title: String
  /// Below the figure.
  public var caption: String
  /// The files written, relative to the renderer's directory: .dat, .gp, .svg, .pdf, .png.
  public var files: [String]
  /// The picture as SVG, to be put into a report.
  public var svg: String
  /// What the reader should know: rows left out, points not converged, a font replaced.
  public var warnings: [String]

  /// A figure whose files were made before.
  public init(
    name: String, title: String, caption: String, files: [String], svg: String, warnings: [String]
  ) {
    self.name = name
    self.title = title
    self.caption = caption
    self.files = files
    self.svg = svg
    self.warnings = warnings
  }
}

/// Makes NAME.dat, NAME.gp, NAME.svg, NAME.pdf and NAME.png of specifications, through gnuplot.
public struct FigureRenderer: Sendable {
  /// Where the files go; made if it is not there.
  public var directory: String
  /// The program, by name or path.
  public var gnuplot: String

  /// A renderer writing into a directory.
  public init(directory: String, gnuplot: String = "gnuplot") {
    self.directory = directory
    self.gnuplot = gnuplot
  }

  /// Draws several figures; each succeeds or fails by itself.
  public func render(
    _ figures: [(FigureSpecification, ResultTable)]
  ) -> [Result<RenderedFigure, FigureError>] {
    figures.map { specification, table in
      do throws(FigureError) {
        return .success(try render(specification, from: table))
      } catch {
        return .failure(error)
      }
    }
  }

  /// Draws one figure. Data and script are written even when gnuplot cannot run; pictures of an
  /// earlier run are then removed, for they would not show these data.
  public func render(
    _ specification: FigureSpecification, from table: ResultTable
  ) throws(FigureError) -> RenderedFigure {
    let layout = try FigureLayout(specification, from: table)
    let name = specification.name
    removePictures(name)
    let warnings: [String]
    let svg: String
    do throws(SystemError) {
      try Path(directory).createFolders()
      try path("\(name).dat").replace(with: layout.dataFile)
      try path("\(name).gp").replace(with: layout.script)
    } catch {
      throw .cannotWrite(figure: name, path: error.path, reason: error.reason)
    }
    warnings = try draw(name)
    do throws(SystemError) {
      svg = try finishPictures(specification)
    } catch {
      throw .cannotWrite(figure: name, path: error.path, reason: error.reason)
    }
    return RenderedFigure(
      name: name, title: specification.title, caption: specification.caption,
      files: ["dat", "gp", "svg", "pdf", "png"].map { "\(name).\($0)" }, svg: svg,
      warnings: layout.data.warnings + warnings)
  }

  /// Runs gnuplot and returns what it complained of without failing.
  private func draw(_ name: String) throws(FigureError) -> [String] {
    switch GnuplotProcess(command: gnuplot).run(script: "\(name).gp", in: Path(directory)) {
    case .notFound:
      throw .gnuplotNotFound(figure: name, command: gnuplot)
    case .failedToStart(let reason):
      throw .gnuplotFailed(figure: name, status: -1, message: reason)
    case .finished(let status, let messages):
      let lines = messages.split(separator: "\n").filter { $0.contains { !" ^".contains($0) } }
      guard status == 0 else {
        removePictures(name)
        throw .gnuplotFailed(
          figure: name, status: status, message: lines.suffix(3).joined(separator: "; "))
      }
      // Margins for slanted names are ours; gnuplot's remark that its own would not do is moot.
      return lines.filter { $0.contains("warning") && !$0.contains("difficulty making room") }.map {
        "gnuplot: \($0)"
      }
    }
  }

  private func finishPictures(_ specification: FigureSpecification) throws(SystemError) -> String {
    let name = specification.name
    let raw = try path("\(name).svg").readText()
    let title = specification.title.isEmpty ? name : MathText(specification.title).plain
    let svg = PictureFile.finishedSVG(raw, title: title)
    try path("\(name).svg").replace(with: svg)
    let pdf = try path("\(name).pdf").read()
    try path("\(name).pdf").replace(with: PictureFile.finishedPDF(pdf))
    _ = try path("\(name).png").read()
    return svg
  }

  private func removePictures(_ name: String) {
    for ending in ["svg", "pdf", "png"] { path("\(name).\(ending)").remove() }
  }

  private func path(_ file: String) -> Path { Path(directory) / file }
}
