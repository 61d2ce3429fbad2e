"""Programs of others that look into a copy; each is asked where it is installed, pikepdf and pdftotext always."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf


def found_by_others(path: Path, secrets: Sequence[str]) -> list[tuple[str, int]]:
    """Return which program shows which secret, by its place among them; fragments of two thirds count."""
    return [
        (tool, index)
        for tool, said in _said(path)
        for index, secret in enumerate(secrets)
        if _shows(said, secret)
    ]


def _said(path: Path) -> Iterator[tuple[str, bytes]]:
    yield "pdftotext", _run(["pdftotext", "-enc", "UTF-8", str(path), "-"])
    yield "pdftotext -raw", _run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"])
    yield "pikepdf", _objects(path)
    if shutil.which("qpdf"):
        yield "qpdf", _run(["qpdf", "--qdf", "--object-streams=disable", str(path), "-"])
    if shutil.which("mutool"):
        yield "mutool", _run(["mutool", "draw", "-q", "-F", "txt", "-o", "-", str(path)])
        yield "mutool show", _run(["mutool", "show", "-b", str(path), "grep"])
    if shutil.which("exiftool"):
        yield "exiftool", _run(["exiftool", "-a", "-u", "-g1", "-ee", str(path)])
    if shutil.which("tesseract"):
        with tempfile.TemporaryDirectory() as place:
            _run(["pdftoppm", "-r", "200", "-gray", "-png", str(path), f"{place}/p"])
            for page in sorted(Path(place).glob("*.png")):
                yield "tesseract", _run(["tesseract", str(page), "-", "-l", "chi_sim"])


def _run(line: Sequence[str]) -> bytes:
    # A program's own view of a path is not what the file says.
    done = subprocess.run(list(line), capture_output=True, check=False, timeout=120)
    return done.stdout.replace(line[-1].encode(), b"")


def _objects(path: Path) -> bytes:
    parts = []
    with pikepdf.open(path) as pdf:
        for found in pdf.objects:
            parts.append(repr(found).encode())
            if isinstance(found, pikepdf.Stream):
                try:
                    parts.append(found.read_bytes())
                except pikepdf.PdfError:
                    parts.append(found.read_raw_bytes())
    return b"\n".join(parts)


def _shows(said: bytes, secret: str) -> bool:
    texts = [said.decode("utf-8", "replace")]
    if any(secret.encode(coding) in said for coding in ("utf-16-be", "utf-16-le", "gb18030")):
        return True
    if secret.encode("utf-16-be").hex().encode() in said.lower():
        return True
    least = max(2, len(secret) * 2 // 3)
    parts = [secret[at : at + least].lower() for at in range(len(secret) - least + 1)]
    for text in texts:
        plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).lower()
        if any(part in plain for part in parts):
            return True
    return False
