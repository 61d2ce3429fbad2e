"""Faces cut down to the characters of a letter: sound font files with the outlines of the whole face."""

from __future__ import annotations

import io
import lzma
import zlib

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from letters.typeset import default_faces
from letters.typeset.faces import SHIPPED
from letters.typeset.subset import Subset

KEYS = ["fangsong", "kaiti", "song-basic", "han-plane2-1"]


def cut(key: str, step: int) -> Subset:
    face = default_faces().face(key)
    return Subset(face, [chr(code) for code in sorted(face.glyphs)[::step] if face.glyphs[code]])


def opened(subset: Subset) -> TTFont:
    packed, length = subset.program()
    data = zlib.decompress(packed)  # checks the sum of what was packed piece by piece
    assert len(data) == length
    return TTFont(io.BytesIO(data), checkChecksums=2)


def outline(font: TTFont, glyph: str) -> list:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.value


@pytest.mark.parametrize("key", KEYS)
def test_a_subset_draws_what_the_face_draws(key: str):
    subset = cut(key, 41)
    font = opened(subset)
    whole = TTFont(io.BytesIO(lzma.decompress((SHIPPED / f"{key}.ttf.xz").read_bytes())), lazy=True)
    names = whole.getBestCmap()
    order = font.getGlyphOrder()
    for number, char in enumerate(subset.chars, 1):
        assert outline(font, order[number]) == outline(whole, names[ord(char)]), char
        assert font["hmtx"][order[number]][0] == whole["hmtx"][names[ord(char)]][0]


def test_the_parts_of_a_composite_come_along():
    face = default_faces().face("kaiti")
    composite = next(chr(code) for code, glyph in face.glyphs.items() if face.outlines.parts(glyph))
    font = opened(Subset(face, [composite]))
    assert font["maxp"].numGlyphs > 2
    assert font["glyf"][font.getGlyphOrder()[1]].isComposite()
    assert outline(font, font.getGlyphOrder()[1])


def test_the_same_characters_are_the_same_file_in_whatever_order_they_came():
    face = default_faces().face("fangsong")
    one, other = Subset(face, "政府信息公开"), Subset(face, "开公息信府政政")
    assert one.program() == other.program()
    assert (one.name, one.to_unicode(), one.widths()) == (other.name, other.to_unicode(), other.widths())
    assert one.name != Subset(face, "政府信息").name


def test_two_characters_with_one_outline_stay_two():
    face = default_faces().face("song-basic")
    by_glyph: dict[int, list[str]] = {}
    for code, glyph in face.glyphs.items():
        by_glyph.setdefault(glyph, []).append(chr(code))
    shared = next(chars for glyph, chars in by_glyph.items() if glyph and len(chars) > 1)
    subset = Subset(face, shared)
    assert len(set(subset.codes.values())) == len(shared)
    for char in shared:
        assert (
            f"<{subset.codes[char]}><{char.encode('utf-16-be').hex().upper()}>"
            in subset.to_unicode().decode()
        )


def test_characters_beyond_the_basic_plane_are_written_as_pairs():
    subset = Subset(default_faces().of("𬭼", "body"), "𬭼")
    assert b"<0001><D872DF7C>" in subset.to_unicode()
