/// Which facts beside value and error any cell of a column carries, so that renderings spend a
/// column only on what is there.
struct DetailColumns {
  var error = false
  var autocorrelationTime = false
  var autocorrelationTimeError = false
  var effectiveSamples = false
  var convergence = false
  var artifact = false
  var isMeasured = false

  init(of column: Int, in table: ResultTable) {
    for row in table.rows {
      guard let cell = row[column].measured else { continue }
      isMeasured = true
      error = error || cell.error != nil
      autocorrelationTime = autocorrelationTime || cell.autocorrelationTime != nil
      autocorrelationTimeError = autocorrelationTimeError || cell.autocorrelationTimeError != nil
      effectiveSamples = effectiveSamples || cell.effectiveSamples != nil
      convergence = convergence || cell.isConverged != nil
      artifact = artifact || cell.artifact != nil
    }
  }
}
