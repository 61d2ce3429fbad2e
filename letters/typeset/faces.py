"""Faces by role, with fallback: a character that no face has is a named error, never a blank."""

from __future__ import annotations

import hashlib
import io
import lzma
import threading
from functools import cache
from pathlib import Path
from struct import unpack_from

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from letters.typeset import tounicode
from letters.typeset.errors import MissingGlyph

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
)
ROLES = {
    "body": "fangsong",
    "heading": "heiti",
    "subheading": "kaiti",
    "title": "biaosong",
    "folio": "song-basic",
}
_lock = threading.Lock()
# The ranges of the rare files, so that none is opened for a character it cannot have.
RANGES = {
    "song-rare-1": (0x4E00, 0x77FF),
    "song-rare-2": (0x7800, 0x9FFF),
    "song-rare-3": (0x3400, 0x4DBF),
    "song-rare-4": (0x2100, 0x2FFFF),
    "han-plane2-1": (0x20000, 0x27FFF),
    "han-plane2-2": (0x28000, 0x323AF),
}


class Face:
    """One font file, read once in a process."""

    def __init__(self, key: str, path: Path) -> None:
        data = path.read_bytes()
        self.digest = hashlib.sha256(data).hexdigest()
        if path.suffix == ".xz":
            data = lzma.decompress(data)
        # The name carries the file's digest: two face sets in one process never share a registered font.
        self.name = f"{key}-{self.digest[:8]}"
        self.font = ttfonts.TTFont(self.name, io.BytesIO(data), asciiReadable=False, shapable=False)
        pdfmetrics.registerFont(self.font)
        self.glyphs = self.font.face.charToGlyph
        self._widths = self.font.face.charWidths
        self._default = self.font.face.defaultWidth

    def width(self, char: str) -> float:
        """Return the advance of a character in ems."""
        return self._widths.get(ord(char), self._default) / 1000

    def ink(self, char: str) -> tuple[float, float, float, float]:
        """Return the box of a character's ink in ems: left, bottom, right, top from the base line."""
        face = self.font.face
        glyph = self.glyphs[ord(char)]
        start = face.get_table_pos("glyf")[0] + face.glyphPos[glyph]
        if face.glyphPos[glyph] == face.glyphPos[glyph + 1]:
            return (0.0, 0.0, 0.0, 0.0)
        box = unpack_from(">hhhh", face._ttf_data, start + 2)
        return tuple(value / face.unitsPerEm for value in box)


class Faces:
    """The faces of an installation: an office's own files first, then those shipped."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directory = directory
        self._faces: dict[str, Face] = {}
        self._found: dict[tuple[str, str], Face] = {}
        self._own = self._own_files()

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
        """Return a hash of the office's own files, blank without any: the same text in other faces differs."""
        if not self._own:
            return ""
        whole = hashlib.sha256()
        for name, path in sorted(self._own.items()):
            whole.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()[:16]

    def chain(self, role: str) -> list[str]:
        """Return the keys of the faces that are tried for a role, in order."""
        key = ROLES[role]
        own = [f"own:{name}" for name in (key, "rare") if name in self._own]
        return [*own[:1], key, *(name for name in FALLBACK if name != key), *own[1:]]

    def face(self, key: str) -> Face:
        """Return a face by key, reading its file the first time."""
        if key not in self._faces:
            with _lock:
                if key not in self._faces:
                    own = key.startswith("own:")
                    path = self._own[key[4:]] if own else SHIPPED / f"{key}.ttf.xz"
                    self._faces[key] = _read(key.replace(":", "-"), path)
        return self._faces[key]

    def of(self, char: str, role: str) -> Face:
        """Return the first face of a role that has a character, or raise MissingGlyph."""
        found = self._found.get((role, char))
        if found is None:
            found = self._found[(role, char)] = self._search(char, role)
        return found

    def _search(self, char: str, role: str) -> Face:
        point = ord(char)
        for key in self.chain(role):
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
    tounicode.install()
    return Face(key, path)


@cache
def default_faces(directory: str = "") -> Faces:
    """Return the faces of this process; the directory is the office's own, or blank."""
    # Else every file names an unembedded Helvetica.
    faces = Faces(Path(directory) if directory else None)
    base = faces.face(ROLES["body"]).name
    rl_config.canvas_basefontname = base
    return faces
