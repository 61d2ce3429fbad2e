"""Faces by role, with fallback: a character that no face has is a named error, never a blank."""

from __future__ import annotations

import hashlib
import io
import lzma
import threading
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from struct import error as struct_error

from reportlab.pdfbase import ttfonts

from letters.typeset.errors import MissingGlyph, TypesetError
from letters.typeset.glyphs import Outlines

SHIPPED = Path(__file__).resolve().parent.parent / "fonts"
# Tried in this order after the face of the role itself. The large files are read only when they are needed.
FALLBACK = (
    "fangsong",
    "song-basic",
    "song-rare-1",
    "song-rare-2",
    "song-rare-3",
    "song-rare-4",
    "han-plane2-1",
    "han-plane2-2",
    "fang-more",
)
ROLES = {
    "body": "fangsong",
    "heading": "heiti",
    "subheading": "kaiti",
    "title": "biaosong",
    "folio": "song-basic",
}
USUAL = ("body", "title", "heading", "folio")
# One for each file: two files are read side by side, one file is not read twice.
_locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
# The ranges of the rare files, so that none is opened for a character it cannot have.
RANGES = {
    "song-rare-1": (0x4E00, 0x77FF),
    "song-rare-2": (0x7800, 0x9FFF),
    "song-rare-3": (0x3400, 0x4DBF),
    "song-rare-4": (0x2100, 0x2FFFF),
    "han-plane2-1": (0x20000, 0x27FFF),
    "han-plane2-2": (0x28000, 0x323AF),
    "fang-more": (0x2100, 0xA4CF),
}


class Face:
    """One font file, read once in a process."""

    def __init__(self, key: str, path: Path) -> None:
        data = path.read_bytes()
        self.digest = hashlib.sha256(data).hexdigest()
        if path.suffix == ".xz":
            data = lzma.decompress(data)
        #: Faces of one document stand in it in this order, whoever asked for them first.
        self.order = (key, self.digest)
        self.parsed = _parsed(data, path)
        self.outlines = Outlines(self.parsed, data)
        self.glyphs: dict[int, int] = self.parsed.charToGlyph
        self._widths = self.parsed.charWidths
        self._default = self.parsed.defaultWidth

    def width(self, char: str) -> float:
        """Return the advance of a character in ems."""
        return float(self._widths.get(ord(char), self._default)) / 1000

    def ink(self, char: str) -> tuple[float, float, float, float]:
        """Return the box of a character's ink in ems: left, bottom, right, top from the base line."""
        box = self.outlines.box(self.glyphs[ord(char)])
        if box is None:
            return (0.0, 0.0, 0.0, 0.0)
        em = self.parsed.unitsPerEm
        return (box[0] / em, box[1] / em, box[2] / em, box[3] / em)


def _parsed(data: bytes, path: Path) -> ttfonts.TTFontFace:
    try:
        return ttfonts.TTFontFace(io.BytesIO(data))
    except (ttfonts.TTFError, struct_error, IndexError, ValueError) as error:
        raise TypesetError(
            f"字体文件“{path.name}”不能使用（{error}），请换成允许嵌入的 TrueType 字体"
        ) from error


class _Found(dict[str, Face]):
    """The face of each character of a role, looked for when it is first asked for."""

    def __init__(self, search: Callable[[str], Face]) -> None:
        super().__init__()
        self._search = search

    def __missing__(self, char: str) -> Face:
        found = self[char] = self._search(char)
        return found


class _Advances(dict[str, float]):
    """The advance of each character of a role at a size, in points."""

    def __init__(self, found: _Found, size: float) -> None:
        super().__init__()
        self._found, self._size = found, size

    def __missing__(self, char: str) -> float:
        advance = self[char] = self._found[char].width(char) * self._size
        return advance


class Faces:
    """The faces of an installation: an office's own files first, then those shipped."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directory = directory
        self._faces: dict[str, Face] = {}
        self._found = {role: _Found(partial(self._search, role=role)) for role in ROLES}
        self._advances: dict[tuple[str, float], _Advances] = {}
        self._own = self._own_files()
        self._fingerprint: str | None = None

    def _own_files(self) -> dict[str, Path]:
        """Find the office's files: fangsong.ttf, heiti.ttf, kaiti.ttf, biaosong.ttf, rare.ttf and so on."""
        if self.directory is None or not self.directory.is_dir():
            return {}
        return {
            path.stem.lower(): path
            for path in sorted(self.directory.iterdir())
            if path.suffix.lower() in (".ttf", ".ttc")
        }

    def fingerprint(self) -> str:
        """Return a hash of the office's own files, blank without any: the same text in other faces differs.

        The files are read for it once, as their faces are: a hundred megabytes are not hashed anew for each letter.
        """
        if self._fingerprint is None:
            self._fingerprint = self._hash_own()
        return self._fingerprint

    def _hash_own(self) -> str:
        if not self._own:
            return ""
        whole = hashlib.sha256()
        for name, path in sorted(self._own.items()):
            whole.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()[:16]

    def read_ahead(self) -> None:
        """Read the faces nearly every letter uses side by side: unpacking them is most of a first letter's time."""
        with ThreadPoolExecutor(len(USUAL)) as workers:
            list(workers.map(self.face, (self.chain(role)[0] for role in USUAL)))

    def chain(self, role: str) -> list[str]:
        """Return the keys of the faces that are tried for a role, in order."""
        key = ROLES[role]
        own = [f"own:{name}" for name in (key, "rare") if name in self._own]
        return [*own[:1], key, *(name for name in FALLBACK if name != key), *own[1:]]

    def face(self, key: str) -> Face:
        """Return a face by key, reading its file the first time."""
        if key not in self._faces:
            own = key.startswith("own:")
            path = self._own[key[4:]] if own else SHIPPED / f"{key}.ttf.xz"
            with _locks[key]:
                self._faces[key] = _read(key.replace(":", "-"), path)
        return self._faces[key]

    def of(self, char: str, role: str) -> Face:
        """Return the first face of a role that has a character, or raise MissingGlyph."""
        return self._found[role][char]

    def found(self, role: str) -> Mapping[str, Face]:
        """Return the faces of a role by character; asking for one that no face has raises MissingGlyph."""
        return self._found[role]

    def advances(self, role: str, size: float) -> Callable[[str], float]:
        """Return a function that gives the advance of a character in points at a size in points."""
        kept = self._advances.get((role, size))
        if kept is None:
            kept = self._advances[role, size] = _Advances(self._found[role], size)
        return kept.__getitem__

    def _search(self, char: str, *, role: str) -> Face:
        point = ord(char)
        # A mark of format (a soft hyphen, a change of direction) is nothing to print, whatever a face has for it; and a
        # ligature comes back from the page as its letters.
        set_as_is = unicodedata.category(char) not in ("Cf", "Cc") and not 0xFB00 <= point <= 0xFB4F
        for key in self.chain(role) if set_as_is else ():
            first, last = RANGES.get(key, (0, 0x10FFFF))
            if first <= point <= last:
                face = self.face(key)
                if face.glyphs.get(point):
                    return face
        raise MissingGlyph(char)

    def width(self, char: str, role: str) -> float:
        """Return the advance of a character in ems."""
        return self.of(char, role).width(char)

    def check(self, text: str, role: str = "body") -> None:
        """Raise MissingGlyph at the first character of a text that cannot be set."""
        for char in set(text) - {"\n"}:
            self.of(char, role)


@cache
def _read(key: str, path: Path) -> Face:
    return Face(key, path)


@cache
def default_faces(directory: str = "") -> Faces:
    """Return the faces of this process; the directory is the office's own, or blank."""
    faces = Faces(Path(directory) if directory else None)
    faces.read_ahead()
    return faces
