// Any text as LaTeX sets it literally.
#include "core/figure/table.h"

#include "core/figure/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace latent {
namespace {

/// ASCII that means something to TeX, or that its old fonts have elsewhere.
const std::map<char32_t, const char*>& asciiCommands() {
  static const std::map<char32_t, const char*> commands{
      {U'#', "\\#"},
      {U'$', "\\$"},
      {U'%', "\\%"},
      {U'&', "\\&"},
      {U'_', "\\_"},
      {U'{', "\\{"},
      {U'}', "\\}"},
      {U'~', "\\textasciitilde{}"},
      {U'^', "\\textasciicircum{}"},
      {U'\\', "\\textbackslash{}"},
      {U'<', "\\textless{}"},
      {U'>', "\\textgreater{}"},
      {U'|', "\\textbar{}"},
      {U'"', "\\char34{}"},
      {U'`', "\\textasciigrave{}"},
      // Behind \\ these would be read as its options.
      {U'[', "{[}"},
      {U']', "{]}"},
      {U'*', "{*}"},
      {U'\t', " "},
      {U'\n', " "},
      {U'\r', " "},
  };
  return commands;
}

/// Commands that text and formulas both take.
const std::map<char32_t, const char*>& symbolCommands() {
  static const std::map<char32_t, const char*> commands{
      // Greek; what looks like a Latin letter is one, as in LaTeX.
      {U'Α', "A"},
      {U'Β', "B"},
      {U'Γ', "\\ensuremath{\\Gamma}"},
      {U'Δ', "\\ensuremath{\\Delta}"},
      {U'Ε', "E"},
      {U'Ζ', "Z"},
      {U'Η', "H"},
      {U'Θ', "\\ensuremath{\\Theta}"},
      {U'Ι', "I"},
      {U'Κ', "K"},
      {U'Λ', "\\ensuremath{\\Lambda}"},
      {U'Μ', "M"},
      {U'Ν', "N"},
      {U'Ξ', "\\ensuremath{\\Xi}"},
      {U'Ο', "O"},
      {U'Π', "\\ensuremath{\\Pi}"},
      {U'Ρ', "P"},
      {U'Σ', "\\ensuremath{\\Sigma}"},
      {U'Τ', "T"},
      {U'Υ', "\\ensuremath{\\Upsilon}"},
      {U'Φ', "\\ensuremath{\\Phi}"},
      {U'Χ', "X"},
      {U'Ψ', "\\ensuremath{\\Psi}"},
      {U'Ω', "\\ensuremath{\\Omega}"},
      {U'α', "\\ensuremath{\\alpha}"},
      {U'β', "\\ensuremath{\\beta}"},
      {U'γ', "\\ensuremath{\\gamma}"},
      {U'δ', "\\ensuremath{\\delta}"},
      {U'ε', "\\ensuremath{\\varepsilon}"},
      {U'ζ', "\\ensuremath{\\zeta}"},
      {U'η', "\\ensuremath{\\eta}"},
      {U'θ', "\\ensuremath{\\theta}"},
      {U'ι', "\\ensuremath{\\iota}"},
      {U'κ', "\\ensuremath{\\kappa}"},
      {U'λ', "\\ensuremath{\\lambda}"},
      {U'μ', "\\ensuremath{\\mu}"},
      {U'µ', "\\ensuremath{\\mu}"},
      {U'ν', "\\ensuremath{\\nu}"},
      {U'ξ', "\\ensuremath{\\xi}"},
      {U'ο', "o"},
      {U'π', "\\ensuremath{\\pi}"},
      {U'ρ', "\\ensuremath{\\rho}"},
      {U'ς', "\\ensuremath{\\varsigma}"},
      {U'σ', "\\ensuremath{\\sigma}"},
      {U'τ', "\\ensuremath{\\tau}"},
      {U'υ', "\\ensuremath{\\upsilon}"},
      {U'φ', "\\ensuremath{\\varphi}"},
      {U'χ', "\\ensuremath{\\chi}"},
      {U'ψ', "\\ensuremath{\\psi}"},
      {U'ω', "\\ensuremath{\\omega}"},
      {U'ϑ', "\\ensuremath{\\vartheta}"},
      {U'ϕ', "\\ensuremath{\\phi}"},
      {U'ϵ', "\\ensuremath{\\epsilon}"},
      // Signs of formulas.
      {U'±', "\\ensuremath{\\pm}"},
      {U'∓', "\\ensuremath{\\mp}"},
      {U'×', "\\ensuremath{\\times}"},
      {U'÷', "\\ensuremath{\\div}"},
      {U'·', "\\ensuremath{\\cdot}"},
      {U'⋅', "\\ensuremath{\\cdot}"},
      {U'∙', "\\ensuremath{\\cdot}"},
      {U'⋯', "\\ensuremath{\\cdots}"},
      {U'−', "\\ensuremath{-}"},
      {U'°', "\\ensuremath{^{\\circ}}"},
      {U'¬', "\\ensuremath{\\neg}"},
      {U'′', "\\ensuremath{'}"},
      {U'″', "\\ensuremath{''}"},
      {U'ℓ', "\\ensuremath{\\ell}"},
      {U'ℝ', "\\ensuremath{\\mathbf{R}}"},
      {U'ℕ', "\\ensuremath{\\mathbf{N}}"},
      {U'ℤ', "\\ensuremath{\\mathbf{Z}}"},
      {U'𝔼', "\\ensuremath{\\mathbf{E}}"},
      {U'𝒩', "\\ensuremath{\\mathcal{N}}"},
      {U'𝓛', "\\ensuremath{\\mathcal{L}}"},
      {U'ℒ', "\\ensuremath{\\mathcal{L}}"},
      {U'←', "\\ensuremath{\\leftarrow}"},
      {U'↑', "\\ensuremath{\\uparrow}"},
      {U'→', "\\ensuremath{\\rightarrow}"},
      {U'↓', "\\ensuremath{\\downarrow}"},
      {U'↔', "\\ensuremath{\\leftrightarrow}"},
      {U'↦', "\\ensuremath{\\mapsto}"},
      {U'⇐', "\\ensuremath{\\Leftarrow}"},
      {U'⇒', "\\ensuremath{\\Rightarrow}"},
      {U'⇔', "\\ensuremath{\\Leftrightarrow}"},
      {U'∀', "\\ensuremath{\\forall}"},
      {U'∂', "\\ensuremath{\\partial}"},
      {U'∃', "\\ensuremath{\\exists}"},
      {U'∅', "\\ensuremath{\\emptyset}"},
      {U'∇', "\\ensuremath{\\nabla}"},
      {U'∈', "\\ensuremath{\\in}"},
      {U'∉', "\\ensuremath{\\notin}"},
      {U'∏', "\\ensuremath{\\prod}"},
      {U'∑', "\\ensuremath{\\sum}"},
      {U'∗', "\\ensuremath{\\ast}"},
      {U'∘', "\\ensuremath{\\circ}"},
      {U'√', "\\ensuremath{\\surd}"},
      {U'∝', "\\ensuremath{\\propto}"},
      {U'∞', "\\ensuremath{\\infty}"},
      {U'∥', "\\ensuremath{\\parallel}"},
      {U'‖', "\\ensuremath{\\parallel}"},
      {U'∧', "\\ensuremath{\\wedge}"},
      {U'∨', "\\ensuremath{\\vee}"},
      {U'∩', "\\ensuremath{\\cap}"},
      {U'∪', "\\ensuremath{\\cup}"},
      {U'∫', "\\ensuremath{\\int}"},
      {U'∼', "\\ensuremath{\\sim}"},
      {U'≃', "\\ensuremath{\\simeq}"},
      {U'≅', "\\ensuremath{\\cong}"},
      {U'≈', "\\ensuremath{\\approx}"},
      {U'≠', "\\ensuremath{\\neq}"},
      {U'≡', "\\ensuremath{\\equiv}"},
      {U'≤', "\\ensuremath{\\leq}"},
      {U'≥', "\\ensuremath{\\geq}"},
      {U'≪', "\\ensuremath{\\ll}"},
      {U'≫', "\\ensuremath{\\gg}"},
      {U'⊂', "\\ensuremath{\\subset}"},
      {U'⊃', "\\ensuremath{\\supset}"},
      {U'⊆', "\\ensuremath{\\subseteq}"},
      {U'⊕', "\\ensuremath{\\oplus}"},
      {U'⊗', "\\ensuremath{\\otimes}"},
      {U'⊙', "\\ensuremath{\\odot}"},
      {U'⊥', "\\ensuremath{\\perp}"},
      {U'⟨', "\\ensuremath{\\langle}"},
      {U'⟩', "\\ensuremath{\\rangle}"},
      // Blanks, dashes, quotes.
      {0x00A0, "~"},
      {0x00AD, "\\-"},
      {0x2002, "\\ "},
      {0x2003, "\\ "},
      {0x2007, "~"},
      {0x2009, "\\,"},
      {0x200A, "\\,"},
      {0x200B, ""},
      {0x200C, ""},
      {0x200D, ""},
      {0x2060, ""},
      {0xFEFF, ""},
      {0x202F, "\\,"},
      {U'‐', "-"},
      {U'‑', "\\mbox{-}"},
      {U'‒', "\\textendash{}"},
      {U'–', "\\textendash{}"},
      {U'—', "\\textemdash{}"},
      {U'‘', "\\textquoteleft{}"},
      {U'’', "\\textquoteright{}"},
      {U'“', "\\textquotedblleft{}"},
      {U'”', "\\textquotedblright{}"},
      {U'‚', "\\quotesinglbase{}"},
      {U'„', "\\quotedblbase{}"},
      {U'†', "\\textdagger{}"},
      {U'‡', "\\textdaggerdbl{}"},
      {U'•', "\\textbullet{}"},
      {U'…', "\\textellipsis{}"},
      {U'€', "\\texteuro{}"},
      {U'™', "\\texttrademark{}"},
      {U'ﬀ', "ff"},
      {U'ﬁ', "fi"},
      {U'ﬂ', "fl"},
  };
  return commands;
}

/// ² ₂ and their like as the letter that is raised or lowered; nothing for others.
std::string raisedOrLowered(char32_t c) {
  const auto command = [](const char* name, char32_t letter) {
    std::string inner(1, static_cast<char>(letter));
    if (letter == U'-') inner = "\\ensuremath{-}";
    return std::string("\\text") + name + "script{" + inner + "}";
  };
  static const std::map<char32_t, char32_t> others{
      {U'¹', U'1'}, {U'²', U'2'}, {U'³', U'3'}, {U'ⁱ', U'i'}, {U'⁺', U'+'}, {U'⁻', U'-'}, {U'⁼', U'='},
      {U'⁽', U'('}, {U'⁾', U')'}, {U'ⁿ', U'n'}, {U'ᵀ', U'T'}, {U'ᵈ', U'd'}, {U'ᵏ', U'k'}, {U'ᵐ', U'm'},
      {U'ᵗ', U't'}, {U'ˣ', U'x'}, {U'₊', U'+'}, {U'₋', U'-'}, {U'₌', U'='}, {U'₍', U'('}, {U'₎', U')'},
      {U'ₐ', U'a'}, {U'ₑ', U'e'}, {U'ₒ', U'o'}, {U'ₓ', U'x'}, {U'ₕ', U'h'}, {U'ₖ', U'k'}, {U'ₗ', U'l'},
      {U'ₘ', U'm'}, {U'ₙ', U'n'}, {U'ₚ', U'p'}, {U'ₛ', U's'}, {U'ₜ', U't'}, {U'ᵢ', U'i'}, {U'ⱼ', U'j'},
      {U'ᵣ', U'r'}, {U'ᵤ', U'u'}, {U'ᵥ', U'v'}};
  if (c >= U'⁴' && c <= U'⁹') return command("super", U'4' + (c - U'⁴'));
  if (c == U'⁰') return command("super", U'0');
  if (c >= U'₀' && c <= U'₉') return command("sub", U'0' + (c - U'₀'));
  const auto found = others.find(c);
  if (found == others.end()) return {};
  const bool lowered =
      (c >= U'₊' && c <= U'ₜ') || c == U'ᵢ' || c == U'ⱼ' || c == U'ᵣ' || c == U'ᵤ' || c == U'ᵥ';
  return command(lowered ? "sub" : "super", found->second);
}

/// The accent that stands behind its letter in decomposed text.
const char* accentCommand(char32_t c) {
  static const std::map<char32_t, const char*> accents{
      {0x0300, "\\`"}, {0x0301, "\\'"},  {0x0302, "\\^"}, {0x0303, "\\~"}, {0x0304, "\\="}, {0x0306, "\\u"},
      {0x0307, "\\."}, {0x0308, "\\\""}, {0x030A, "\\r"}, {0x030B, "\\H"}, {0x030C, "\\v"}, {0x0327, "\\c"}};
  const auto found = accents.find(c);
  return found == accents.end() ? nullptr : found->second;
}

/// Letters and signs of western and central European languages, which LaTeX reads as they are in UTF-8.
bool knownToLatex(char32_t c) {
  if (c >= 0xA1 && c <= 0xFF) return true; // signs that are commands here were found before
  constexpr std::array unknown{0x0126, 0x0127, 0x0138, 0x013F, 0x0140, 0x0149, 0x0166, 0x0167, 0x017F};
  if (c >= 0x0100 && c <= 0x017F)
    return std::find(unknown.begin(), unknown.end(), static_cast<int>(c)) == unknown.end();
  return c >= 0x0218 && c <= 0x021B;
}

/// "[U+4E2D]" stands where the fonts have nothing.
std::string codePointName(char32_t c) {
  std::array<char, 16> hex{};
  std::snprintf(hex.data(), hex.size(), "%04X", static_cast<unsigned>(c));
  return std::string("{[}U+") + hex.data() + "{]}";
}

std::string wordFor(char32_t c) {
  if (const auto ascii = asciiCommands().find(c); ascii != asciiCommands().end()) return ascii->second;
  if (c >= 0x20 && c < 0x7F) return {static_cast<char>(c)};
  if (const auto symbol = symbolCommands().find(c); symbol != symbolCommands().end()) return symbol->second;
  if (std::string script = raisedOrLowered(c); !script.empty()) return script;
  return knownToLatex(c) ? toUtf8(c) : codePointName(c);
}

bool isLetter(char32_t c) {
  return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

/// Two of these beside each other would become one other character.
bool formLigature(char32_t first, char32_t second) {
  return (first == second && (first == U'-' || first == U'\'' || first == U',')) ||
         ((first == U'!' || first == U'?') && (second == U'`' || second == U'‘'));
}

} // namespace

std::string latexText(const std::string& text) {
  std::string result, word;
  char32_t last = 0;
  for (const char32_t c : fromUtf8(text)) {
    if (const char* accent = accentCommand(c); accent && isLetter(last)) {
      word = std::string(accent) + "{" + word + "}";
      last = c;
      continue;
    }
    result += word;
    if (formLigature(last, c)) result += "{}";
    word = wordFor(c);
    last = c;
  }
  return result + word;
}

} // namespace latent
