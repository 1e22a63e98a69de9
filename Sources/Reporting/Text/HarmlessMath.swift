/// Whether mathematics may reach LaTeX as it is written: names of results, units and labels come from
/// programs and from manifests of others, and TeX has commands that read files and run programs.
///
/// Allowed are the commands that `MathText` knows; `^^5c` is another spelling of a backslash.
func isHarmless(_ mathematics: Substring) -> Bool {
  var rest = mathematics
  var open = 0
  while let character = rest.popFirst() {
    switch character {
    case "\\":
      let name = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(name.count)
      if name.isEmpty {
        guard let symbol = rest.popFirst(), ",;:! ".contains(symbol) else { return false }
      } else {
        guard MathSymbols.isKnown(String(name)) else { return false }
      }
    case "{": open += 1
    case "}":
      open -= 1
      guard open >= 0 else { return false }
    case "^": guard rest.first != "^" else { return false }
    case "%", "#", "&", "~", "\n", "\r": return false
    default: break
    }
  }
  return open == 0
}
