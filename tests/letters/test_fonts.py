"""The shipped faces: what they cover, their size, their licences."""

from pathlib import Path

import pytest

from letters.typeset import MissingGlyph, default_faces
from letters.typeset.faces import SHIPPED

FACES = sorted(SHIPPED.glob("*.ttf.xz"))


def gb2312() -> set[str]:
    found = set()
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def test_every_file_is_small_enough_for_the_repository():
    assert len(FACES) == 12
    assert all(path.stat().st_size < 4 * 2**20 for path in FACES)


@pytest.mark.parametrize("face, licence", [
    ("fangsong", "LICENSE-fangsong.txt"), ("fang-more", "LICENSE-fangsong.txt"), ("heiti", "LICENSE-heiti.txt"), ("kaiti", "LICENSE-kaiti.txt"),
    ("biaosong", "LICENSE-biaosong-song.txt"), ("song-rare-1", "LICENSE-biaosong-song.txt"),
    ("han-plane2-1", "LICENSE-han-plane2.txt"),
])  # fmt: skip
def test_every_face_has_its_licence_and_a_name_of_its_own(face: str, licence: str):
    assert (SHIPPED / licence).stat().st_size > 3000
    name = default_faces().face(face).parsed.name.decode()
    assert name.startswith("Paper")
    assert not any(word in name for word in ("LXGW", "Source", "Babel", "Fandol"))


@pytest.mark.parametrize("role", ["body", "heading", "subheading", "title"])
def test_every_role_has_all_of_gb2312_in_its_own_face(role: str):
    faces = default_faces()
    own = faces.face(faces.chain(role)[0]).glyphs
    assert {char for char in gb2312() if ord(char) not in own} == set()


@pytest.mark.parametrize("char", "䶮𬭼祎玥喆堃頔㛃𠅤龘㸆𫍽〔〕“”—…·①％℃〇™╬⼀ꀀ")
def test_rare_characters_of_names_have_a_glyph(char: str):
    face = default_faces().of(char, "body")
    left, low, right, high = face.ink(char)
    assert right > left
    assert high > low


@pytest.mark.parametrize("char", ["😀", "\u202e", "\ue123", "ق", "\U000323b0"])
def test_a_character_without_glyph_is_named(char: str):
    with pytest.raises(MissingGlyph) as caught:
        default_faces().of(char, "body")
    assert f"U+{ord(char):04X}" in str(caught.value)


def test_all_unified_characters_of_the_basic_block_have_a_glyph():
    default_faces().check("".join(chr(code) for code in range(0x4E00, 0x9FF0)))


def test_an_offices_own_face_comes_first(tmp_path: Path):
    import lzma

    from letters.typeset.faces import Faces

    (tmp_path / "fangsong.ttf").write_bytes(lzma.decompress((SHIPPED / "kaiti.ttf.xz").read_bytes()))
    faces = Faces(tmp_path)
    assert b"KaiTi" in faces.of("中", "body").parsed.name
    assert b"FangSong" in faces.of("“", "body").parsed.name


@pytest.mark.parametrize("role", ["body", "heading", "subheading", "title"])
def test_a_year_written_out_can_be_set_in_every_role(role: str):
    """GB 2312 has no 〇 (U+3007), and no year of this century is written out without it."""
    default_faces().check("二〇二六年一月一〇日", role)
