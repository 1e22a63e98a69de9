/// The TeX commands that labels may use, as Unicode.
enum MathSymbols {
  static func run(for command: String) -> MathText.Run {
    if let letter = greek[command] { return .italic(letter) }
    if let sign = relations[command] { return .upright("\u{A0}\(sign)\u{A0}") }
    return .upright(symbols[command] ?? command)
  }

  static func isKnown(_ command: String) -> Bool {
    structure.contains(command) || greek[command] != nil || relations[command] != nil
      || symbols[command] != nil
  }

  /// Commands with an argument, which `MathText` reads itself.
  private static let structure: Set = [
    "mathrm", "text", "operatorname", "mathbf", "sqrt", "frac",
  ]

  private static let greek = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ", "hbar": "ħ",
  ]

  /// Set apart by blanks that do not break.
  private static let relations = [
    "propto": "∝", "approx": "≈", "sim": "∼", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "ne": "≠", "to": "→",
  ]

  private static let symbols = [
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "times": "×", "cdot": "·", "pm": "±", "infty": "∞",
    "langle": "⟨", "rangle": "⟩", "partial": "∂", "sum": "∑", "prod": "∏", "int": "∫",
    "dagger": "†", "degree": "°", "ldots": "…", "dots": "…", "quad": "\u{2003}", "left": "",
    "right": "", "ln": "ln\u{2009}", "log": "log\u{2009}", "exp": "exp\u{2009}", "min": "min",
    "max": "max",
  ]
}
