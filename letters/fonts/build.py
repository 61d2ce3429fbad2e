"""Build the faces of this directory from the Debian and npm packages named below."""

from __future__ import annotations

import argparse
import lzma
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
BABELSTONE = "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf"
SANS = "package/400Regular/NotoSansSC_400Regular.ttf"
SERIF = "package/400Regular/NotoSerifSC_400Regular.ttf"
SERIF_BOLD = "package/900Black/NotoSerifSC_900Black.ttf"

# package → (how it is fetched, the one file taken out of it)
SOURCES = {
    "texlive-lang-chinese": ("debian", FANDOL),
    "fonts-lxgw-wenkai": ("debian", WENKAI),
    "fonts-babelstone-han": ("debian", BABELSTONE),
    "@expo-google-fonts/noto-sans-sc": ("npm", SANS),
    "@expo-google-fonts/noto-serif-sc": ("npm", SERIF),
    "@expo-google-fonts/noto-serif-sc (black)": ("npm", SERIF_BOLD),
}
# WenKai's quotation marks and dots are narrow; those of the 仿宋 keep the grid.
NARROW_IN_KAI = set(map(ord, "“”‘’·…—"))


def gb2312() -> set[int]:
    """Return the characters of GB 2312 and of ASCII."""
    found = set(range(0x20, 0x7F))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([high, low]).decode("gb2312")))
            except UnicodeDecodeError:
                continue  # a hole of the code table
    return found


@dataclass(frozen=True)
class Recipe:
    """One file to make: its source, its new family name and the characters it keeps."""

    target: str
    package: str
    family: str
    keep: Callable[[set[int]], Iterable[int]]
    notice: str = ""
    drop: set[int] = field(default_factory=set)


def between(first: int, last: int) -> Callable[[set[int]], Iterable[int]]:
    """Return a filter that keeps the characters from first to last."""
    return lambda all_: [u for u in all_ if first <= u <= last]


def fang_lacks(first: int, last: int) -> Callable[[set[int]], Iterable[int]]:
    """Return a filter for characters of a range that the 仿宋 face does not have."""
    return lambda all_: [u for u in all_ if first <= u <= last and u not in FANG_HAS]


FANG_HAS: set[int] = set()
BS = "fonts-babelstone-han"
BS_NOTICE = "Changed in November 2026: subset, hinting and layout tables removed, renamed."
SERIF_PKG = "@expo-google-fonts/noto-serif-sc"
RECIPES = [
    Recipe(
        "fangsong.ttf.xz",
        "texlive-lang-chinese",
        "Paper FangSong",
        lambda all_: (gb2312() | set(range(0x4E00, 0xA000))) & all_,
    ),
    # What the 仿宋 has besides, above all 〇 (U+3007), which GB 2312 lacks: symbols, radicals, the syllables of Yi.
    Recipe(
        "fang-more.ttf.xz",
        "texlive-lang-chinese",
        "Paper FangSong More",
        lambda all_: [u for u in all_ - gb2312() if 0x2100 <= u < 0x4E00 or 0xA000 <= u < 0xA4D0],
    ),
    Recipe("heiti.ttf.xz", "@expo-google-fonts/noto-sans-sc", "Paper HeiTi", lambda all_: gb2312() & all_),
    Recipe("biaosong.ttf.xz", SERIF_PKG + " (black)", "Paper BiaoSong", lambda all_: gb2312() & all_),
    Recipe(
        "kaiti.ttf.xz", "fonts-lxgw-wenkai", "Paper KaiTi", lambda all_: gb2312() & all_, drop=NARROW_IN_KAI
    ),
    Recipe("song-basic.ttf.xz", SERIF_PKG, "Paper Song Basic", lambda all_: [u for u in all_ if u < 0x2100]),
    Recipe("song-rare-1.ttf.xz", SERIF_PKG, "Paper Song Rare A", fang_lacks(0x4E00, 0x77FF)),
    Recipe("song-rare-2.ttf.xz", SERIF_PKG, "Paper Song Rare B", fang_lacks(0x7800, 0x9FFF)),
    Recipe("song-rare-3.ttf.xz", SERIF_PKG, "Paper Song Rare C", between(0x3400, 0x4DBF)),
    Recipe(
        "song-rare-4.ttf.xz",
        SERIF_PKG,
        "Paper Song Rare D",
        lambda all_: [
            u
            for u in all_
            if u >= 0x20000 or ((0x2100 <= u < 0x3400 or 0xF900 <= u < 0xFFFF) and u not in FANG_HAS)
        ],
    ),
    Recipe("han-plane2-1.ttf.xz", BS, "Paper Han Plane A", between(0x20000, 0x27FFF), BS_NOTICE),
    Recipe("han-plane2-2.ttf.xz", BS, "Paper Han Plane B", between(0x28000, 0x323AF), BS_NOTICE),
]


def fetch(package: str, into: Path) -> Path:
    """Download a package with its ordinary client and return the wanted file of it."""
    kind, wanted = SOURCES[package]
    name = package.split(" ")[0]
    place = into / name.replace("/", "_").lstrip("@")
    if not (place / wanted).exists():
        place.mkdir(parents=True, exist_ok=True)
        if kind == "debian":
            subprocess.run(["apt-get", "-qq", "download", name], cwd=place, check=True)
            subprocess.run(["dpkg", "-x", next(place.glob("*.deb")), place], check=True)
        else:
            subprocess.run(["npm", "pack", "--silent", name], cwd=place, check=True)
            with tarfile.open(next(place.glob("*.tgz"))) as archive:
                archive.extractall(place, filter="data")
    return place / wanted


def quadratic(font: TTFont) -> TTFont:
    """Turn a font with CFF outlines into one with TrueType outlines, which ReportLab can embed."""
    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    made = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.4, reverse_direction=True))
        made[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, made
    for name, glyph in made.items():
        glyph.recalcBounds(font["glyf"])
        advance, _ = font["hmtx"][name]
        font["hmtx"][name] = (advance, getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for key in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(maxp, key, 1 if key == "maxZones" else 0)
    font["post"].formatType, font["post"].glyphOrder = 3.0, order
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"
    return font


def rename(font: TTFont, family: str, notice: str) -> None:
    """Give the changed font a name of its own, as its licence asks, and keep the copyright."""
    names = font["name"]
    copyright_ = names.getDebugName(0) or ""
    licence = names.getDebugName(13) or ""
    names.names = []
    ps = family.replace(" ", "") + "-Regular"
    rows = {
        0: copyright_,
        1: family,
        2: "Regular",
        3: ps,
        4: family,
        5: "Version 1.0",
        6: ps,
        10: notice,
        13: licence,
    }
    for key, text in rows.items():
        if text:
            names.setName(text, key, 3, 1, 0x409)


def build(recipe: Recipe, source: Path) -> bytes:
    """Make one face and return it compressed."""
    font = TTFont(source, recalcTimestamp=False)
    if recipe.package == "texlive-lang-chinese":
        FANG_HAS.update(font.getBestCmap())
    wanted = set(recipe.keep(set(font.getBestCmap()))) - recipe.drop
    options = subset.Options(
        hinting=False,
        layout_features=[],
        name_IDs=["*"],
        notdef_outline=True,
        glyph_names=False,
        recalc_timestamp=False,
        drop_tables=[
            "GSUB",
            "GPOS",
            "GDEF",
            "BASE",
            "STAT",
            "DSIG",
            "vhea",
            "vmtx",
            "VORG",
            "meta",
            "gasp",
            "kern",
            "EBLC",
            "EBDT",
        ],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    if "CFF " in font:
        font = quadratic(font)
    rename(font, recipe.family, recipe.notice)
    font["OS/2"].fsType = 0 if recipe.package != "texlive-lang-chinese" else font["OS/2"].fsType
    with tempfile.NamedTemporaryFile(suffix=".ttf") as made:
        font.save(made.name)
        return lzma.compress(Path(made.name).read_bytes(), preset=9 | lzma.PRESET_EXTREME)


def main() -> None:
    """Build every face, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "font-sources")
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    fang = fetch("texlive-lang-chinese", options.cache)
    FANG_HAS.update(TTFont(fang).getBestCmap())
    for recipe in RECIPES:
        if options.only and recipe.target not in options.only:
            continue
        packed = build(recipe, fetch(recipe.package, options.cache))
        (HERE / recipe.target).write_bytes(packed)
        print(f"{recipe.target}: {len(packed) / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
