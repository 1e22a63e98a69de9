/// Colours and markers of the series.
///
/// Up to seven groups take the colours of Okabe and Ito (2002), which remain apart for colour-blind
/// readers; yellow is left out, too pale for lines on white. More groups that are numbers take
/// steps of one gradient of monotonic lightness; more names repeat colours with other markers.
package enum FigurePalette {
  package static let okabeIto = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
  ]

  /// Filled and hollow gnuplot point types: circle, square, triangle, diamond, inverted triangle,
  /// pentagon.
  static let markers = [(7, 6), (5, 4), (9, 8), (13, 12), (11, 10), (15, 14)]

  private static let gradient: [(Double, Double, Double)] = [
    (76, 60, 150), (48, 92, 160), (20, 122, 139), (58, 166, 107), (160, 196, 60), (232, 198, 40),
  ]

  /// The colour of series `index` of `count`.
  package static func color(_ index: Int, of count: Int, ordered: Bool) -> String {
    guard ordered, count > okabeIto.count else { return okabeIto[index % okabeIto.count] }
    let place = Double(index) / Double(count - 1) * Double(gradient.count - 1)
    let lower = min(Int(place), gradient.count - 2)
    let share = place - Double(lower)
    let (a, b) = (gradient[lower], gradient[lower + 1])
    return hexadecimal([
      a.0 + share * (b.0 - a.0), a.1 + share * (b.1 - a.1), a.2 + share * (b.2 - a.2),
    ])
  }

  /// The marker of series `index`; repeated colours get other markers.
  package static func marker(_ index: Int) -> (filled: Int, hollow: Int) {
    markers[(index % okabeIto.count + index / okabeIto.count) % markers.count]
  }

  private static func hexadecimal(_ channels: [Double]) -> String {
    "#"
      + channels.map { channel in
        let text = String(Int(channel.rounded()), radix: 16, uppercase: true)
        return text.count < 2 ? "0" + text : text
      }.joined()
  }
}
