"""What is packed within other bytes: bzip2 and xz, an archive behind the end of a file, base64 and hexadecimal in a text, RTF."""

from __future__ import annotations

import base64
import binascii
import bz2
import io
import lzma
import re
import zipfile
from collections.abc import Iterator

from workflow.review.redaction.probe.pieces import MOST_UNPACKED, decoded

#: Archives that are not opened here, by how they begin.
CLOSED = {
    b"Rar!\x1a\x07": "RAR 压缩包", b"7z\xbc\xaf\x27\x1c": "7z 压缩包", b"\x28\xb5\x2f\xfd": "zstd 压缩包",
    b"\x04\x22\x4d\x18": "lz4 压缩包", b"\x1f\x9d": "compress 压缩包", b"LZIP": "lzip 压缩包", b"MSCF": "cab 压缩包",
}  # fmt: skip
BZIP2, XZ = b"BZh", b"\xfd7zXZ\x00"
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{4}\s*){8,}(?:[A-Za-z0-9+/_-]{2,3}={0,2})?")
#: Single bytes in hexadecimal, as programs print them, with or without something between.
_HEX = re.compile(r"(?:(?:0x|\\x)?[0-9A-Fa-f]{2}[\s:,;-]{0,2}){8,}")
_HEX_SIGNS = re.compile(r"0x|\\x|[^0-9A-Fa-f]")
#: So many of them are decoded in one text, each no longer than that.
_MOST_WRITINGS, _LONGEST = 400, 64_000_000
_RTF = re.compile(
    rb"\\'([0-9A-Fa-f]{2})|\\u(-?\d{1,6}) ?\??|\\[A-Za-z]{1,32}-?\d{0,10} ?|\\.|[{}\r\n]", re.DOTALL
)
#: What stands encrypted in a text.
SEALED = "-----BEGIN PGP MESSAGE-----"


def unpacked(data: bytes) -> bytes | None:
    """Return what a bzip2 or xz file holds; one byte more than is allowed where it holds too much, nothing where it is damaged."""
    opener = bz2.open if data.startswith(BZIP2) else lzma.open
    try:
        with opener(io.BytesIO(data)) as file:
            return file.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, ValueError, lzma.LZMAError):
        return None


def has_archive(data: bytes) -> bool:
    """Tell whether programs that unpack archives find one in a file of another kind, whatever it begins with."""
    if data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000)) < 0:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            return bool(held.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def writings(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield what long runs of base64 and of hexadecimal in a text stand for, with the word for which it is."""
    for number, found in enumerate(_BASE64.finditer(text)):
        if number >= _MOST_WRITINGS:
            break
        plain = "".join(found[0][:_LONGEST].split()).rstrip("=").replace("-", "+").replace("_", "/")
        try:
            yield "base64", base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + "===")
        except (binascii.Error, ValueError):
            continue
    for number, found in enumerate(_HEX.finditer(text)):
        if number >= _MOST_WRITINGS:
            break
        digits = _HEX_SIGNS.sub("", found[0][:_LONGEST])
        yield "十六进制", bytes.fromhex(digits[: len(digits) // 2 * 2])


def rtf_text(data: bytes) -> str:
    """Return the text of an RTF file without what its control words mean."""
    text: list[str] = []
    held = bytearray()
    last = 0
    for found in _RTF.finditer(data):
        held += data[last : found.start()]
        last = found.end()
        if found[1]:
            held.append(int(found[1], 16))
        elif found[2]:
            text += [decoded(bytes(held)), chr(int(found[2]) & 0xFFFF)]
            held.clear()
    held += data[last:]
    # Two halves of a character beyond the first plane were written one by one.
    return (
        "".join([*text, decoded(bytes(held))]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    )


def locked(data: bytes) -> bool:
    """Tell whether a document in the container of Office 97 is encrypted: also a docx, xlsx or pptx with a password is one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    word = data.find(b"\xec\xa5", 512, 1 << 20)
    if word >= 0 and word % 512 == 0 and data[word + 11 : word + 12] and data[word + 11] & 1:
        return True
    # The first record behind the beginning of a workbook says that the rest is encrypted.
    return (
        re.search(rb"\x09\x08\x10\x00.{16}(?:\x86\x00.{2,4})?\x2f\x00[\x04-\xff]\x00", data, re.DOTALL)
        is not None
    )
