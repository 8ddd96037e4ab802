#!/usr/bin/env python3
"""Makes the three fonts of this directory from the packages they come from.

    npm pack @ibm/plex-sans@1.1.0 && tar xzf ibm-plex-sans-1.1.0.tgz   # gives package/
    apt-get install fonts-noto-core                                    # Debian 12: 20201225-1
    pip install fonttools==4.68.0
    python3 make.py package/fonts/complete/woff /usr/share/fonts/truetype/noto

IBM Plex Sans is only unpacked from WOFF to TTF: every table stays as it is, as
its reserved name demands. Samscope Symbols is a new font: the signs that IBM
Plex Sans lacks, gathered from four Noto fonts, which reserve no name.
"""

import sys
from pathlib import Path

from fontTools import merge, subset
from fontTools.misc.timeTools import timestampFromString
from fontTools.ttLib import TTFont

PLEX, NOTO = Path(sys.argv[1]), Path(sys.argv[2])
HERE = Path(__file__).resolve().parent

FAMILY = "Samscope Symbols"

# Where the first font that has a sign wins. Noto Sans Math draws the operators,
# Noto Sans the raised and lowered letters, the two Noto Sans Symbols the buttons.
SOURCES = ["NotoSansMath", "NotoSans", "NotoSansSymbols2", "NotoSansSymbols"]

WANTED = [
    *range(0x02B0, 0x02B9),    # ʰ … ʸ
    *range(0x2016, 0x2017),    # ‖
    *range(0x2032, 0x2035),    # primes
    *range(0x2070, 0x209D),    # raised and lowered digits and letters
    *range(0x1D2C, 0x1D6B),    # more of them: ᵀ ᵗ ᵢ ⱼ ᵦ ᵨ …
    *range(0x2C7C, 0x2C7E),    # ⱼ
    *map(ord, "ℓℝℕℤℎ"),
    *range(0x2190, 0x2200),    # arrows
    *range(0x2200, 0x2300),    # operators
    *map(ord, "⌊⌋⌈⌉"),
    *map(ord, "⏪⏩⏮⏭⏯⏴⏵⏶⏷⏸⏹⏺"),
    *range(0x25A0, 0x2600),    # geometric shapes
    *map(ord, "★☆☀☰☽☾⚙⚠⚲✓✔✕✖✗✘ℹ⌘⌫⏎"),
    *range(0x27E8, 0x27EC),    # ⟨ ⟩
    *map(ord, "⟲⟳⟵⟶⟷⤒⤓⤡⤢⨀⨯⩽⩾🔍🔒🔓🗑"),
    *map(ord, "𝒩𝔼"),
]


def unpack_plex():
    for weight in ("Regular", "SemiBold"):
        font = TTFont(PLEX / f"IBMPlexSans-{weight}.woff", recalcTimestamp=False)
        font.flavor = None
        font.save(HERE / f"IBMPlexSans-{weight}.ttf", reorderTables=None)


def gather_symbols():
    present = set()
    for weight in ("Regular", "SemiBold"):
        cmap = TTFont(HERE / f"IBMPlexSans-{weight}.ttf").getBestCmap()
        present = set(cmap) if not present else present & set(cmap)
    missing = set(WANTED) - present

    parts = []
    for name in SOURCES:
        font = TTFont(NOTO / f"{name}-Regular.ttf", recalcTimestamp=False)
        here = missing & set(font.getBestCmap())
        missing -= here

        options = subset.Options()
        options.hinting = False
        options.layout_features = []
        options.drop_tables += ["MATH", "GSUB", "GPOS", "GDEF", "STAT", "meta", "DSIG"]
        options.notdef_outline = True
        cut = subset.Subsetter(options)
        cut.populate(unicodes=here)
        cut.subset(font)

        part = HERE / f".{name}.part.ttf"
        font.save(part)
        parts.append(part)

    font = merge.Merger().merge([str(part) for part in parts])
    for part in parts:
        part.unlink()
    name_it(font)
    sit_on_the_lines_of_plex(font)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = timestampFromString("Fri Jan  1 00:00:00 2021")
    font.save(HERE / "SamscopeSymbols-Regular.ttf")


def name_it(font):
    names = font["name"]
    names.names = []
    for key, text in {
        0: "Copyright 2015-2018 Google LLC (Noto Sans, Noto Sans Math, Noto Sans Symbols, Noto Sans Symbols 2). "
        "Gathered into one font by the samscope developers.",
        1: FAMILY,
        2: "Regular",
        3: "samscope: Samscope Symbols Regular 1.0",
        4: f"{FAMILY} Regular",
        5: "Version 1.000",
        6: "SamscopeSymbols-Regular",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://scripts.sil.org/OFL",
    }.items():
        names.setName(text, key, 3, 1, 0x409)


def sit_on_the_lines_of_plex(font):
    """A sign from the second font must not make a line of text taller."""
    plex = TTFont(HERE / "IBMPlexSans-Regular.ttf")
    for table, fields in {
        "hhea": ("ascent", "descent", "lineGap"),
        "OS/2": (
            "sTypoAscender",
            "sTypoDescender",
            "sTypoLineGap",
            "usWinAscent",
            "usWinDescent",
            "sxHeight",
            "sCapHeight",
            "usWeightClass",
        ),
    }.items():
        for field in fields:
            setattr(font[table], field, getattr(plex[table], field))


unpack_plex()
gather_symbols()
