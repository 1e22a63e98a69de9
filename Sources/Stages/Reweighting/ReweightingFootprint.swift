internal import Pipeline
internal import Values

/// Every sample has ln W at every chain's parameter, the columns as they are read and flat, and a weight
/// for each block that is left out.
func reweightingFootprint(_ outline: JobOutline) -> Footprint? {
  let settings = outline.parameters["reweighting"]?.record
  let rows = outline.inputs.values.reduce(0.0) { $0 + rowCount($1) }
  let observables = settings?["observables"]?.list?.count ?? 1
  let numbers = outline.inputs.count + 6 * (observables + 2) + (settings?["blocks"]?.integer ?? 32)
  let points = Double(settings?["points"]?.integer ?? 41)
  return Footprint(
    memory: processBytes + 8 * rows * Double(numbers),
    disk: 20_000 + Double(observables) * 8 * points * (min(points, 1024) + 8))
}
