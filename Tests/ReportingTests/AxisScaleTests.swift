import Reporting
import Testing

@Suite struct AxisScaleTests {
  static let linear = FigureAxis("x")
  static let logarithmic = FigureAxis("x", isLogarithmic: true)

  @Test func rangesLeaveRoom() {
    let scale = AxisScale(Self.linear, covering: [1, 3], padding: 0.1)
    #expect(abs(scale.lower - 0.8) < 1e-12 && abs(scale.upper - 3.2) < 1e-12)
    let decades = AxisScale(Self.logarithmic, covering: [1, 100], padding: 0.5)
    #expect(abs(decades.lower - 0.1) < 1e-12 && abs(decades.upper - 1000) < 1e-9)
  }

  @Test func positiveDataDoNotReachBelowZero() {
    #expect(AxisScale(Self.linear, covering: [0.01, 1], padding: 0.1).lower == 0)
    // A point at zero must not be cut in half by the border.
    #expect(AxisScale(Self.linear, covering: [0, 1], padding: 0.1).lower == -0.1)
    #expect(AxisScale(Self.linear, covering: [-1, 1], padding: 0.1).lower == -1.2)
  }

  @Test func limitsWin() {
    let axis = FigureAxis("x", lowerLimit: -5, upperLimit: 7)
    let scale = AxisScale(axis, covering: [0, 100], padding: 0.1)
    #expect(scale.lower == -5 && scale.upper == 7)
  }

  /// One value, no value, values that differ in the last bit, huge and tiny ones.
  @Test(arguments: [
    [], [0], [3], [-3], [1e300], [1e-300], [0.1, 0.1.nextUp], [.nan], [.infinity, 1], [-1, -2],
  ])
  func degenerateRangesAreOpen(_ values: [Double]) {
    for axis in [Self.linear, Self.logarithmic] {
      var scale = AxisScale(axis, covering: values, padding: 0.06)
      #expect(scale.lower < scale.upper, "\(values)")
      #expect(scale.lower.isFinite && scale.upper.isFinite)
      scale.chooseTicks(values: values.filter(\.isFinite))
      #expect((scale.ticks?.count ?? 0) < 40)
    }
  }

  @Test func fractionsAndValuesAreInverse() {
    for axis in [Self.linear, Self.logarithmic] {
      let scale = AxisScale(axis, covering: [0.2, 40], padding: 0.05)
      for step in 0...10 {
        let share = Double(step) / 10
        #expect(abs(scale.fraction(scale.value(atFraction: share)) - share) < 1e-12)
      }
    }
  }

  @Test func headroomIsAShareOfTheNewAxis() {
    for axis in [Self.linear, Self.logarithmic] {
      var scale = AxisScale(axis, covering: [1, 10], padding: 0)
      let (before, top) = (scale.lower, scale.upper)
      scale.addHeadroom(0.25)
      #expect(scale.lower == before)
      #expect(abs(scale.fraction(top) - 0.75) < 1e-12)
    }
  }

  @Test func countingAxesTickAtIntegers() {
    var scale = AxisScale(Self.linear, covering: [1, 6], padding: 0.06)
    scale.chooseTicks(values: [1, 2, 3, 6])
    #expect(scale.step == 1)
    #expect(scale.ticks == nil)
  }

  @Test func fewLatticeSizesTickAtThemselves() {
    var scale = AxisScale(Self.logarithmic, covering: [4, 16], padding: 0.06)
    scale.chooseTicks(values: [4, 6, 8, 12, 16, 4])
    #expect(scale.ticks?.map(\.value) == [4, 6, 8, 12, 16])
    #expect(scale.ticks?.map(\.label) == ["4", "6", "8", "12", "16"])
  }

  @Test func logarithmicTicksFollowTheSpan() {
    var long = AxisScale(Self.logarithmic, covering: [1e-3, 1e3], padding: 0)
    long.chooseTicks(values: [])
    #expect(
      long.ticks?.map(\.label) == [
        "10^{\u{2212}3}", "10^{\u{2212}2}", "10^{\u{2212}1}", "1", "10", "10^{2}", "10^{3}",
      ])
    var short = AxisScale(Self.logarithmic, covering: [0.03, 0.6], padding: 0)
    short.chooseTicks(values: [])
    #expect(short.ticks?.map(\.label) == ["0.05", "0.1", "0.2", "0.5"])
    var narrow = AxisScale(Self.logarithmic, covering: [0.0102, 0.0118], padding: 0)
    narrow.chooseTicks(values: [])
    #expect((3...8).contains(narrow.ticks?.count ?? 0))
    var vast = AxisScale(Self.logarithmic, covering: [1e-200, 1e200], padding: 0)
    vast.chooseTicks(values: [])
    #expect((3...10).contains(vast.ticks?.count ?? 0))
  }

  @Test(arguments: zip([1.1, 0.9, 13, 0.0042, 6e7, 1], [0.2, 0.2, 2.5, 0.001, 1e7, 0.2]))
  func niceSteps(span: Double, step: Double) {
    #expect(abs(niceStep(for: span, about: 6) / step - 1) < 1e-12)
  }

  @Test func stepsOfNothing() {
    #expect(niceStep(for: 0, about: 6) == 1)
    #expect(niceStep(for: .infinity, about: 6) == 1)
  }
}

@Suite struct FigurePaletteTests {
  @Test func namedGroupsKeepTheirColours() {
    let colors = (0..<7).map { FigurePalette.color($0, of: 7, ordered: true) }
    #expect(Set(colors).count == 7)
    #expect(colors == FigurePalette.okabeIto)
  }

  @Test func gradientsRunFromDarkToLight() throws {
    let lightness = try (0..<20).map { index in
      let text = FigurePalette.color(index, of: 20, ordered: true).dropFirst()
      let code = try #require(Int(text, radix: 16))
      // Luma of Rec. 709.
      return 0.2126 * Double(code >> 16) + 0.7152 * Double(code >> 8 & 255)
        + 0.0722 * Double(code & 255)
    }
    #expect(lightness == lightness.sorted())
    #expect(Set(lightness).count == 20)
  }

  /// Forty-two names are told apart by colour and marker together.
  @Test func manyNamesDiffer() {
    let looks = (0..<42).map {
      "\(FigurePalette.color($0, of: 42, ordered: false)) \(FigurePalette.marker($0).filled)"
    }
    #expect(Set(looks).count == 42)
  }
}
