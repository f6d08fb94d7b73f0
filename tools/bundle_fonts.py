"""Rebuilds the fonts under assets/fonts from pinned packages:

    cd tools && npm ci && python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python bundle_fonts.py

Each font is cut down to the characters that the page uses and keeps the OpenType features that set it well. The same
versions give the same bytes; their SHA-256 are printed.
"""

import hashlib
import io
import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TOOLS = Path(__file__).resolve().parent
PACKAGES = TOOLS / "node_modules"
TARGET = TOOLS.parent / "assets" / "fonts"
LIMIT = 250_000  # bytes of all fonts together: they are part of a first visit


def span(first, last):
    return set(range(first, last + 1))


def characters(text):
    return {ord(character) for character in text}


LATIN = (
    span(0x20, 0x7E)
    | span(0xA0, 0xFF)
    | characters("ıŒœŁłŠšŽžČčĆćŃńŚśŻżĚěŘřŞşĞğİŐőŰű")  # names of people in the references
    | characters("\u2002\u2003\u2007\u2008\u2009\u200a\u202f‐‑‒–—‘’‚“”„†‡•…‰′″‹›⁄€™−")
    | characters("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
)
GREEK = span(0x391, 0x3A1) | span(0x3A3, 0x3A9) | span(0x3B1, 0x3C9) | characters("ϑϕϵ")
# Signs of running text and of controls.
SIGNS = characters("←↑→↓↔↕⇒⇔↦∂∆∇∏∑√∞∫≈≠≡≤≥±×÷·∈∉⌊⌋⌈⌉■□▲△▶▷▼▽◀◁◆◇●○✓")
# Names of keys and marks that only controls need.
CONTROLS = characters("✗⌘⌥⇧⏎")
# What formulas are made of. MathML sets a single letter in <mi> from the italic alphabets of plane 1.
FORMULAS = (
    LATIN
    | GREEK
    | SIGNS
    | characters("ℓℎℏℕℤℚℝℂℙ𝔼𝟙ℒ𝒩𝒟𝒪∀∃∄∅⊂⊆⊃⊇∪∩∖∧∨¬∘∙⋅∗⊙⊗⊕⊤⊥∥∣∝∼≃≅≔≪≫⋯⋮⋱…⟨⟩⟦⟧‖⟶⟵⟹⟺⇐←→↤↗↘⏞⏟⎴⎵∬‾ˆ˜¯˙¨ˇ˘´`→⃗̂̃̄̇̈→")
    | {0x2061, 0x2062, 0x2063, 0x2064}  # function application, invisible times, separator, plus
    | span(0x1D400, 0x1D49B)  # bold, italic and bold italic letters
    | span(0x1D6A4, 0x1D6A5)  # italic dotless i and j
    | span(0x1D6E2, 0x1D71B)  # italic Greek
    | span(0x1D6A8, 0x1D6E1)  # bold Greek
    | span(0x1D7CE, 0x1D7D7)  # bold digits
) - {0x1D455}  # not assigned: the italic h is U+210E

STIX_TEXT = PACKAGES / "@fontsource-variable/stix-two-text"
STIX_MATH = PACKAGES / "@fontsource/stix-two-math"
INTER = PACKAGES / "inter-ui"

# What the layout engine applies by itself, and what a stylesheet may ask for.
TEXT_FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "pnum", "tnum", "lnum", "onum", "frac", "numr", "dnom"]
SANS_FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "tnum", "zero", "case", "frac", "numr", "dnom", "ss03", "cv05"]
MATH_FEATURES = ["ccmp", "locl", "kern", "ssty", "dtls", "flac", "rtlm"]

# target, source, characters, features, axes to pin or to narrow
FONTS = [
    ("stix-two-text.woff2", STIX_TEXT / "files/stix-two-text-latin-wght-normal.woff2", LATIN, TEXT_FEATURES, {}),
    ("stix-two-text-italic.woff2", STIX_TEXT / "files/stix-two-text-latin-wght-italic.woff2", LATIN, TEXT_FEATURES, {}),
    ("stix-two-text-greek.woff2", STIX_TEXT / "files/stix-two-text-greek-wght-normal.woff2", GREEK, TEXT_FEATURES, {}),
    ("stix-two-text-greek-italic.woff2", STIX_TEXT / "files/stix-two-text-greek-wght-italic.woff2", GREEK, TEXT_FEATURES, {}),
    ("inter.woff2", INTER / "variable/InterVariable.woff2", LATIN | GREEK | SIGNS | CONTROLS, SANS_FEATURES, {"opsz": 14, "wght": (400, 600)}),
    ("stix-two-math.woff2", STIX_MATH / "files/stix-two-math-latin-400-normal.woff2", FORMULAS, MATH_FEATURES, {}),
]
LICENCES = [
    ("OFL-stix-two-text.txt", STIX_TEXT / "LICENSE"),
    ("OFL-stix-two-math.txt", STIX_MATH / "LICENSE"),
    ("OFL-inter.txt", INTER / "LICENSE.txt"),
]


def build(target, source, wanted, features, axes):
    font = TTFont(source, recalcTimestamp=False)
    if axes:
        instancer.instantiateVariableFont(font, axes, inplace=True)
        # The instancer drops glyphs without variation from gvar and the subsetter expects them; writing restores them.
        written = io.BytesIO()
        font.save(written)
        font = TTFont(written, recalcTimestamp=False)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = features
    options.hinting = False  # screens scale these outlines; hints would be a third of the file
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14, 25]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    subset.save_font(font, TARGET / target, options)
    return font


total = 0
covered = {}
for target, source, wanted, features, axes in FONTS:
    font = build(target, source, wanted, features, axes)
    data = (TARGET / target).read_bytes()
    total += len(data)
    covered[target] = set(TTFont(TARGET / target).getBestCmap())
    print(f"{target:34} {len(data):7} bytes  {len(covered[target]):5} characters  sha256 {hashlib.sha256(data).hexdigest()}")
for target, source in LICENCES:
    shutil.copyfile(source, TARGET / target)

print(f"{'together':34} {total:7} bytes")
if total > LIMIT:
    raise SystemExit(f"{total} bytes are more than the {LIMIT} allowed")
if "MATH" not in TTFont(TARGET / "stix-two-math.woff2"):
    raise SystemExit("the maths font lost its MATH table: formulas would not be laid out")
math = covered["stix-two-math.woff2"]
# The maths font stands behind the others in every font-family list, so what they lack it must have.
for name, wanted, found in [
    ("text", LATIN | GREEK | SIGNS, covered["stix-two-text.woff2"] | covered["stix-two-text-greek.woff2"] | math),
    ("sans", LATIN | GREEK | SIGNS | CONTROLS, covered["inter.woff2"] | math),
    ("maths", FORMULAS, math),
]:
    if missing := "".join(chr(code) for code in sorted(wanted - found)):
        raise SystemExit(f"the fonts for {name} lack {missing}")
