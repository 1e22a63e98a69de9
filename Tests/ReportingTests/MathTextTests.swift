import Reporting
import Testing

@Suite struct MathTextTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let source: String
    let plain: String
    let html: String
    let gnuplot: String
    let latex: String
    var testDescription: String { source }
  }

  static let cases: [Case] = [
    .init(
      source: "Acceptance", plain: "Acceptance", html: "Acceptance", gnuplot: "Acceptance",
      latex: "Acceptance"),
    .init(source: "", plain: "", html: "", gnuplot: "", latex: ""),
    .init(
      source: "$\\tau_{\\mathrm{int}}$ [sweeps]", plain: "τ_int [sweeps]",
      html: "<i>τ</i><sub>int</sub> [sweeps]", gnuplot: "{/:Italic τ}_{int} [sweeps]",
      latex: "$\\tau_{\\mathrm{int}}$ [sweeps]"),
    .init(
      source: "$|M_{st}|$", plain: "|M_st|", html: "|<i>M</i><sub><i>st</i></sub>|",
      gnuplot: "|{/:Italic M}_{{/:Italic st}}|", latex: "$|M_{st}|$"),
    .init(
      source: "$x^2 - 10^{-3}$", plain: "x^2\u{2212}10^\u{2212}3",
      html: "<i>x</i><sup>2</sup>\u{2212}10<sup>\u{2212}3</sup>",
      gnuplot: "{/:Italic x}^{2}\u{2212}10^{\u{2212}3}", latex: "$x^2 - 10^{-3}$"),
    .init(
      source: "a_b & 5% <c> {d}^e~", plain: "a_b & 5% <c> {d}^e~",
      html: "a_b &amp; 5% &lt;c&gt; {d}^e~", gnuplot: "a\\_b \\& 5% <c> \\{d\\}\\^e\\~",
      latex: "a\\_b \\& 5\\% $<$c$>$ \\{d\\}\\textasciicircum{}e\\textasciitilde{}"),
    .init(
      source: "costs 5$", plain: "costs 5$", html: "costs 5$", gnuplot: "costs 5$",
      latex: "costs 5\\$"),
    .init(
      source: "$T=0.05$", plain: "T\u{A0}=\u{A0}0.05", html: "<i>T</i>\u{A0}=\u{A0}0.05",
      gnuplot: "{/:Italic T}\u{A0}=\u{A0}0.05", latex: "$T=0.05$"),
    .init(
      source: "$\\langle\\phi\\rangle \\propto 6\\times6$", plain: "⟨φ⟩\u{A0}∝\u{A0}6×6",
      html: "⟨<i>φ</i>⟩\u{A0}∝\u{A0}6×6", gnuplot: "⟨{/:Italic φ}⟩\u{A0}∝\u{A0}6×6",
      latex: "$\\langle\\phi\\rangle \\propto 6\\times6$"),
    .init(
      source: "$\\frac{a}{b}$, $\\sqrt{N}$, $\\sqrt{2N}$", plain: "a/b, √N, √(2N)",
      html: "<i>a</i>/<i>b</i>, √<i>N</i>, √(2<i>N</i>)",
      gnuplot: "{/:Italic a}/{/:Italic b}, √{/:Italic N}, √(2{/:Italic N})",
      latex: "$\\frac{a}{b}$, $\\sqrt{N}$, $\\sqrt{2N}$"),
  ]

  @Test(arguments: cases) func renderings(_ row: Case) {
    let text = MathText(row.source)
    #expect(text.plain == row.plain)
    #expect(text.html == row.html)
    #expect(text.gnuplot == row.gnuplot)
    #expect(text.latex == row.latex)
  }

  /// Broken mathematics must give some text, never a trap or a loop.
  @Test(arguments: [
    "$_$", "$^$", "$\\$", "$\\mathrm$", "$\\mathrm{$", "${$", "$}$", "$\\frac$", "$\\frac{a$",
    "$\\sqrt$", "$_{_{_{$", "$$", "$$$", "$\\unknown{x}$", "$\\mathrm{a}b$", "$\u{0}$",
  ])
  func brokenInputIsHarmless(_ source: String) {
    let text = MathText(source)
    let opened = text.gnuplot.replacing("\\{", with: "").replacing("\\}", with: "")
    #expect(opened.count { $0 == "{" } == opened.count { $0 == "}" })
    #expect(text.html.ranges(of: "<sub>").count == text.html.ranges(of: "</sub>").count)
    #expect(text == MathText(source))
  }
}

/// Names of results, units and labels are somebody else's: TeX gets what it is known to set.
@Suite struct HostileLabelTests {
  @Test(arguments: [
    "$\\input{/etc/passwd}$", "$\\write18{touch x}$", "$^^5cinput{x}$", "$\\$", "$}{$", "${$",
    "$a%$",
    "$\\csname input\\endcsname$", "a $b$ \\input{x} $\\def\\x{}$", "$\\mathrm{\\input x}$",
  ])
  func unknownMathematicsIsText(source: String) {
    let latex = MathText(source).latex
    #expect(!latex.contains("^^"))
    let mended = latex.replacing("\\textbackslash{}", with: "").replacing("\\$", with: "")
    #expect(
      !["\\input", "\\write", "\\csname", "\\def"].contains { mended.contains($0) }, "\(latex)")
    #expect(!mended.contains("$"), "\(latex)")
  }

  /// Nested scripts recurse: a label of two hundred thousand must not be the end of the stack.
  @Test(arguments: ["_", "^{", "\\frac", "\\sqrt", "{"]) func nestingEnds(part: String) {
    for count in [1_500, 200_000] {
      let text = MathText("$" + String(repeating: part, count: count) + "$")
      #expect(!text.plain.isEmpty && !text.html.isEmpty && !text.gnuplot.isEmpty)
    }
  }
}

@Suite struct EscapingTests {
  /// A spreadsheet computes what begins so; numbers stay numbers.
  @Test func cellsAreNoFormulas() {
    for text in ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1"] {
      #expect(!["=", "@", "+", "-"].contains { Escaping.tsv(text).hasPrefix($0) }, "\(text)")
    }
    for text in ["-1.5", "+3e7", "a=b", ""] { #expect(Escaping.tsv(text) == text) }
  }

  @Test func markupIsTotal() {
    #expect(Escaping.markup("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;")
    #expect(Escaping.markup("a\u{0}b\u{1B}\u{FFFF}") == "a\u{FFFD}b\u{FFFD}\u{FFFD}")
    #expect(Escaping.markup("line\nnext\ttab\r") == "line\nnext\ttab&#13;")
    #expect(Escaping.markup("τ⟨😀⟩") == "τ⟨😀⟩")
  }

  @Test func gnuplotStringsRunNothing() {
    #expect(Escaping.gnuplotString("a\\b") == "\"a\\\\b\"")
    #expect(Escaping.gnuplotString("\"; system \"x") == "\"\\\"; system \\\"x\"")
    #expect(!Escaping.gnuplotString("`reboot`").contains("`"))
    #expect(!Escaping.gnuplotString("a\nb").contains("\n"))
  }

  @Test func fieldsStayFields() {
    #expect(Escaping.tsv("a\tb\nc\rd\r\ne") == "a b c d  e")
    #expect(Escaping.markdown("a|b*c\n") == "a\\|b\\*c ")
    #expect(
      Escaping.latex("\\x{}~^") == "\\textbackslash{}x\\{\\}\\textasciitilde{}\\textasciicircum{}")
  }
}
