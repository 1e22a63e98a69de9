internal import Diagnostics

/// What to say after a name that there is not: the one that was probably meant, else all there are.
func closest(to name: String, among available: [String]) -> String {
  let close = available.map { ($0, editDistance(Array(name), Array($0))) }
    .filter { $0.1 <= max(2, name.count / 3) }
    .min { $0.1 < $1.1 }
  if let close { return "; did you mean '\(close.0)'?" }
  return available.isEmpty
    ? "; the table has none" : "; there are " + available.joined(separator: ", ")
}
