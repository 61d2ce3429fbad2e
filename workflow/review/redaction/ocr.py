"""Reading pictures with tesseract where the machine has it; its result is a hint and a probe, never the proof alone."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image

from workflow.review.redaction.marks import Box

#: How long one page may take, in seconds.
_PATIENCE = 120
#: Debian's name of the package that carries the Chinese of it.
PACKAGES = "tesseract-ocr tesseract-ocr-chi-sim"
_BLOCKS, _SPARSE = 3, 11


@dataclass(frozen=True)
class Engine:
    """A reader of pictures on this machine."""

    program: str
    version: str
    language: str

    @property
    def name(self) -> str:
        """Its name, version and language for the certificate."""
        return f"{self.version}（{self.language}）"


@dataclass(frozen=True)
class Word:
    """Characters that were read together, with the box they fill, in pixels."""

    text: str
    box: Box
    line: tuple[int, int, int]
    confidence: float


@cache
def engine() -> Engine | None:
    """Return the engine of this machine, or nothing where none is installed that reads Chinese."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    version = _run([program, "--version"]).splitlines()
    known = set(_run([program, "--list-langs"]).split())
    if "chi_sim" not in known:
        return None
    return Engine(program, version[0].strip() if version else "tesseract", "chi_sim")


def _run(line: Sequence[str]) -> str:
    done = subprocess.run(list(line), capture_output=True, check=False, timeout=_PATIENCE)
    return (done.stdout or done.stderr).decode("utf-8", "replace")


class Unread(Exception):
    """Raised where the engine is there and fails."""


def words(picture: Image.Image, dpi: float, *, sparse: bool = False) -> list[Word]:
    """Return what is written in a picture, word by word.

    :param dpi: pixels an inch, which the engine likes to know
    :param sparse: for single words here and there instead of a page
    :raises Unread: where there is no engine, or it fails
    """
    here = engine()
    if here is None:
        raise Unread("no engine")
    held = io.BytesIO()
    picture.convert("L").save(held, "PNG", compress_level=1)
    line = [
        here.program, "stdin", "stdout", "-l", here.language, "--psm", str(_SPARSE if sparse else _BLOCKS),
        "--dpi", str(round(dpi)), "-c", "preserve_interword_spaces=1", "tsv",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            line, input=held.getvalue(), capture_output=True, check=False, timeout=_PATIENCE,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Unread(f"longer than {_PATIENCE} s") from error
    if done.returncode:
        raise Unread(done.stderr.decode("utf-8", "replace").strip()[-200:])
    return _parsed(done.stdout.decode("utf-8", "replace"))


def _parsed(table: str) -> list[Word]:
    found = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != "5" or not (row.get("text") or "").strip():
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        place = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        found.append(Word(row["text"], Box(left, top, left + width, top + height), place, float(row["conf"])))
    return found


def text_of(picture: Image.Image, dpi: float, *, sparse: bool = False) -> str:
    """Return what is written in a picture, lines apart.

    :raises Unread: as `words`
    """
    lines: dict[tuple[int, int, int], list[str]] = {}
    for word in words(picture, dpi, sparse=sparse):
        lines.setdefault(word.line, []).append(word.text)
    return "\n".join(" ".join(line) for line in lines.values())
