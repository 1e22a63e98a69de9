/// The page's style sheet: one serif face, two greys, colour for meaning alone.
enum ReportStyle {
  static let css = colors + "\n" + text + "\n" + tables + "\n" + drawings + "\n" + media

  private static let colors = """
    :root {
      color-scheme: light dark;
      --ground: #ffffff; --ink: #1b1b1a; --soft: #5d5c58; --line: #dddbd4; --shade: #f6f5f1;
      --accent: #0b5a8f; --good: #1f7a4d; --doubt: #9a6700; --bad: #b3261e; --mark: #0072b2;
      --series-1: #d55e00; --series-2: #009e73;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --ground: #16171a; --ink: #e6e4de; --soft: #a3a19a; --line: #35373c; --shade: #1f2125;
        --accent: #7fbbe6; --good: #63c08f; --doubt: #dfae4a; --bad: #f0857b; --mark: #4fa8e0;
        --series-1: #f08a3c; --series-2: #2fbf95;
      }
    }
    """

  private static let text = """
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--ground); color: var(--ink);
      font: 1.0625rem/1.55 "CMU Serif", "Latin Modern Roman", "STIX Two Text", Charter, Cambria,
        Georgia, serif;
    }
    main { max-width: 66rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
    h1 { font-size: 2.1rem; line-height: 1.2; font-weight: 600; margin: 0;
      overflow-wrap: anywhere; }
    h2 {
      font-size: 1.35rem; font-weight: 600; margin: 3.25rem 0 1rem; padding-top: 1rem;
      border-top: 1px solid var(--line);
    }
    h3 { font-size: 1.1rem; font-weight: 600; margin: 2rem 0 .5rem; }
    p { margin: .5rem 0; max-width: 46rem; }
    a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .18em; }
    code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    code { font-size: .8em; }
    pre {
      background: var(--shade); border: 1px solid var(--line); padding: 1rem 1.1rem; margin: 0;
      overflow-x: auto; font-size: .92rem; line-height: 1.5;
    }
    sub, sup { line-height: 0; }
    .subtitle { color: var(--soft); font-size: 1.15rem; margin: .35rem 0 0; }
    .note, .files { color: var(--soft); font-size: .9rem; }
    .verdict {
      margin: 1.75rem 0; padding: .8rem 1.1rem; background: var(--shade);
      border-left: 4px solid var(--soft); overflow-wrap: anywhere;
    }
    .verdict p { margin: 0; max-width: none; }
    .verdict ul { margin: .4rem 0 0; padding-left: 1.2rem; font-size: .95rem; }
    .verdict.passed { border-color: var(--good); } .verdict.passed strong { color: var(--good); }
    .verdict.failed { border-color: var(--bad); } .verdict.failed strong { color: var(--bad); }
    .verdict.inconclusive { border-color: var(--doubt); }
    .verdict.inconclusive strong { color: var(--doubt); }
    .overview {
      display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem 2rem;
      margin: 1.5rem 0;
    }
    .overview dt { color: var(--soft); font-size: .9rem; }
    .overview dd { margin: 0; font-size: 1.35rem; line-height: 1.3; }
    nav { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; font-size: .95rem; }
    nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.5rem;
      margin: 0 0 1rem; }
    .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
    """

  private static let tables = """
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-variant-numeric: lining-nums tabular-nums;
      font-size: .95rem; }
    thead { border-bottom: 1px solid var(--ink); }
    table { border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); min-width: 40%; }
    th, td { padding: .22rem .9rem; text-align: right; white-space: nowrap;
      vertical-align: baseline; }
    td:first-child { padding-left: .2rem; }
    th.text, td.text { text-align: left; }
    td.long { white-space: normal; min-width: 14rem; max-width: 24rem; overflow-wrap: anywhere; }
    th { padding: 0; font-weight: 600; vertical-align: bottom; }
    th.long { white-space: normal; min-width: 8.5rem; }
    th button {
      all: unset; cursor: pointer; padding: .4rem .9rem; display: block; box-sizing: border-box;
      width: 100%; position: relative;
    }
    th:first-child button { padding-left: .2rem; }
    th button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
    th button::after { content: "\\2195"; color: transparent; position: absolute; right: .15em;
      font-size: .8em; }
    th button:hover::after { color: var(--soft); }
    th[aria-sort=ascending] button::after { content: "\\2191"; color: var(--accent); }
    th[aria-sort=descending] button::after { content: "\\2193"; color: var(--accent); }
    td code { white-space: nowrap; }
    .unit { font-weight: 400; color: var(--soft); }
    .detail { color: var(--soft); } .brief .detail, .short .extra { display: none; }
    details { margin: 1.5rem 0; } summary { cursor: pointer; font-size: 1.1rem; font-weight: 600; }
    tbody tr:hover { background: var(--shade); }
    .mark {
      display: inline-block; width: .55em; height: .55em; border: .1em solid var(--doubt);
      border-radius: 50%; margin-left: .3em;
    }
    .controls {
      display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.2rem; margin: .6rem 0;
      font-size: .92rem; color: var(--soft);
    }
    .controls .filter {
      font: inherit; color: var(--ink); background: var(--ground); border: 1px solid var(--line);
      border-radius: 3px; padding: .25rem .6rem; width: 15rem; max-width: 100%;
    }
    .identical, .consistent { color: var(--good); } .inconsistent { color: var(--bad); }
    .underpowered, .warning { color: var(--doubt); }
    """

  private static let drawings = """
    .figures { display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 2.5rem; }
    figure { margin: 0; min-width: 0; }
    figure svg { display: block; width: 100%; height: auto; }
    figcaption { font-size: .95rem; line-height: 1.45; margin-top: .4rem; overflow-wrap: anywhere; }
    figcaption .files { white-space: nowrap; }
    .missing { align-self: start; border: 1px dashed var(--line); padding: 1rem;
      color: var(--bad); overflow-wrap: anywhere; }
    .broad { grid-column: 1 / -1; max-width: 52rem; }
    svg.plot { max-width: 52rem; } svg text { font-family: inherit; }
    .multiples { display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1.5rem; }
    .multiples figcaption { font-size: .88rem; color: var(--soft); margin-top: 0; }
    svg .name { font-size: 14px; fill: var(--ink); } svg .note { font-size: 11.5px;
      fill: var(--soft); }
    svg .grid { stroke: var(--line); fill: none; } svg .axis { stroke: var(--soft); fill: none; }
    svg .curve { stroke: var(--mark); fill: none; stroke-width: 1.6; stroke-linejoin: round; }
    svg .validation { stroke-dasharray: 4 3; stroke: var(--doubt); }
    svg .edge { stroke: var(--soft); fill: none; stroke-width: 1.2; } svg .tip {
      fill: var(--soft); }
    svg .box { fill: var(--shade); stroke: var(--line); }
    .graph { display: block; max-width: none; } .timeline { display: block; width: 100%;
      min-width: 40rem; }
    .state-done { fill: var(--mark); background: var(--mark); }
    .state-reused { fill: #8c9bab; background: #8c9bab; }
    .state-waiting { fill: var(--line); background: var(--line); }
    .state-failed { fill: var(--bad); background: var(--bad); }
    .key { margin-right: 1.2em; white-space: nowrap; }
    .key i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
    """

  private static let media = """
    @media (max-width: 40rem) {
      body { font-size: 1rem; } main { padding: 1.5rem 1rem 3rem; } h1 { font-size: 1.6rem; }
      h2 { margin-top: 2.25rem; } th, td { padding: .22rem .55rem; } th { padding: 0; }
      th button { padding: .4rem .55rem; } .facts { grid-template-columns: 1fr; gap: 0; }
      .facts dd { margin-bottom: .5rem; } .overview dd { font-size: 1.15rem; }
    }
    @media print {
      :root {
        color-scheme: light; --ground: #fff; --ink: #000; --soft: #444; --line: #ccc; --shade: #fff;
        --accent: #000; --good: #0a5c34; --doubt: #7a5200; --bad: #9c1c15; --mark: #0072b2;
        --series-1: #d55e00; --series-2: #009e73;
      }
      @page { margin: 18mm 16mm; }
      body { font-size: 10pt; } main { max-width: none; padding: 0; }
      nav, .controls, .files, th button::after { display: none; }
      h2, h3 { break-after: avoid; } figure, tr, .verdict { break-inside: avoid; }
      .figures { grid-template-columns: 1fr 1fr; gap: 8mm; }
      .wide { overflow: visible; } table { font-size: 8pt; } th, td { padding: 1pt 4pt; } th {
      padding: 0; }
      th button { padding: 2pt 4pt; } td.long { min-width: 7rem; }
      th, th.long { white-space: normal; min-width: 0; }
      .graph { width: 100%; height: auto; } .timeline { min-width: 0; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; }
      .verdict { border-style: solid; border-width: 1px 1px 1px 4px; }
      * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
    }
    """
}
