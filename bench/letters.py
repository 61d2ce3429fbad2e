"""One three-page letter by ours, plain ReportLab, WeasyPrint and typst: letters/s warm and cold, bytes: letters [ENGINE …]."""

from __future__ import annotations

import json
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from bench.timing import measure_alone

DJANGO = False
FONTS = Path(__file__).resolve().parent.parent / "letters" / "fonts"
FACES = {
    "fangsong": "body",
    "biaosong": "title",
    "heiti": "heading",
    "song-basic": "folio",
    "song-rare-3": "rare",
}
COLD_ROUNDS = 5
Block = dict[str, Any]
Engine = Callable[[Path, str], Callable[[list[Block]], bytes]]


def run(arguments: Sequence[str]) -> int:
    """Measure the engines named, or all of them, each in a process of its own; print the table."""
    if arguments[:1] == ["one"]:
        return _alone(arguments[1], Path(arguments[2]), warm=arguments[3] == "warm")
    unknown = [name for name in arguments if name not in ENGINES]
    if unknown:
        print(f"no engine named {', '.join(unknown)}; there are: {', '.join(ENGINES)}", file=sys.stderr)
        return 2
    print(
        f"load {os.getloadavg()[0]:.1f}; by processor time, wall in brackets; every letter has another name and number"
    )
    with tempfile.TemporaryDirectory() as place:
        _unpack(Path(place))
        for name in arguments or ENGINES:
            print(_line(name, place))
    return 0


def letter(number: int) -> list[Block]:
    """Return the blocks of the sample answer to three items, to another applicant each time."""
    surname, given = "赵钱孙李周吴郑王"[number % 8], "伟芳娜敏静丽强磊洋艳勇军杰娟涛超明霞平刚"[number % 20]
    name, doc_number = f"{surname}{given}䶮：", f"清自然资依复〔2026〕{number + 1}号"
    changed = {"addressee": name, "number": doc_number}
    return [
        {**block, "text": changed[block["type"]]} if block["type"] in changed else block
        for block in _sample()
    ]


_kept: list[Block] = []


def _sample() -> list[Block]:
    if not _kept:
        # Laid down once by the first process, so that composing counts for no engine.
        _kept.extend(json.loads(Path(os.environ["BENCH_LETTER"]).read_text(encoding="utf-8")))
    return _kept


def _unpack(place: Path) -> None:
    """Write what all engines get: the blocks of the letter, and the faces as plain files."""
    from letters import samples
    from letters.compose_paper import compose

    facts = samples.facts("reply_mixed")
    made = compose("reply_mixed", facts, on=samples.ON).issued("清自然资依复〔2026〕1号", samples.ON)
    (place / "letter.json").write_text(json.dumps(made.blocks, ensure_ascii=False), encoding="utf-8")
    for key in FACES:
        (place / f"{key}.ttf").write_bytes(lzma.decompress((FONTS / f"{key}.ttf.xz").read_bytes()))


@dataclass(frozen=True)
class Cost:
    """What a process of one letter, or one letter of many, cost in seconds."""

    processor: float
    wall: float
    size: int
    pages: int


def _line(name: str, place: str) -> str:
    cold = min((_process(name, place, "cold") for _ in range(COLD_ROUNDS)), key=lambda cost: cost.processor)
    warm = _process(name, place, "warm")
    return (
        f"{name:22} warm {1 / warm.processor:6.1f}/s ({1 / warm.wall:6.1f}/s)  {warm.processor * 1000:6.1f} ms   "
        f"cold {cold.processor:5.2f} s ({cold.wall:5.2f} s)   {warm.size / 1000:6.1f} KB  {warm.pages} pages"
    )


def _process(name: str, place: str, how: str) -> Cost:
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    line = [sys.executable, "-m", "bench", "letters", "one", name, place, how]
    environment = {**os.environ, "BENCH_LETTER": f"{place}/letter.json"}
    done = subprocess.run(line, env=environment, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(f"{name}: {done.stderr.strip().splitlines()[-1]}")
    said = json.loads(done.stdout.splitlines()[-1])
    if how == "warm":
        return Cost(**said)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(spent, time.perf_counter() - began, said["size"], said["pages"])


def _alone(name: str, place: Path, *, warm: bool) -> int:
    """Make one letter, or many after a first, in this process, and print what they cost."""
    make = ENGINES[name](place, name)
    numbers = count()
    pdf = make(letter(next(numbers)))
    said = {"processor": 0.0, "wall": 0.0, "size": len(pdf), "pages": 0}
    if warm:
        import pypdfium2

        with pypdfium2.PdfDocument(pdf) as document:
            said["pages"] = len(document)
        timing = measure_alone(name, lambda: make(letter(next(numbers))), rounds=7, at_least=0.5)
        began, first = time.perf_counter(), next(numbers)
        while time.perf_counter() - began < 1:
            make(letter(next(numbers)))
        said |= {
            "processor": timing.median,
            "wall": (time.perf_counter() - began) / (next(numbers) - first - 1),
        }
    print(json.dumps(said))
    return 0


# ---- the engines --------------------------------------------------------------------------------------------------


def ours(_place: Path, name: str) -> Callable[[list[Block]], bytes]:
    """Lay out and draw; behind "archive" with the step that makes it PDF/A."""
    from letters.samples import ON
    from letters.typeset import archival, default_faces, draw, layout

    faces = default_faces()

    def make(blocks: list[Block]) -> bytes:
        drawn = draw(
            layout(blocks, faces), faces, title="政府信息公开申请答复书", author="清源县自然资源局", on=ON
        )
        return archival(drawn, on=ON) if name.endswith("archive") else drawn

    return make


def reportlab(place: Path, _name: str) -> Callable[[list[Block]], bytes]:
    """Flow the blocks as ReportLab's own paragraphs: its Chinese line ends are wrong, and rare characters are lost."""
    import io

    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    for key in FACES:
        pdfmetrics.registerFont(TTFont(key, str(place / f"{key}.ttf")))
    body = ParagraphStyle(
        "body", fontName="fangsong", fontSize=15.79, leading=28.99, wordWrap="CJK", firstLineIndent=31.6
    )
    flush = ParagraphStyle("flush", body, firstLineIndent=0)
    right = ParagraphStyle("right", flush, alignment=2)
    styles = {
        "office": ParagraphStyle("office", flush, fontName="biaosong", fontSize=35, leading=50, alignment=1, textColor="red"),
        "title": ParagraphStyle("title", flush, fontName="biaosong", fontSize=22, alignment=1, spaceBefore=40, spaceAfter=29),
        "heading": ParagraphStyle("heading", body, fontName="heiti"),
        "addressee": flush, "number": right, "right": right, "para": body,
    }  # fmt: skip
    millimetre = 72 / 25.4

    def make(blocks: list[Block]) -> bytes:
        out = io.BytesIO()
        page = SimpleDocTemplate(
            out, pagesize=A4, topMargin=37 * millimetre, leftMargin=28 * millimetre, rightMargin=26 * millimetre,
            bottomMargin=35 * millimetre, invariant=1,
        )  # fmt: skip
        page.build([Paragraph(escape(text), styles[style]) for style, text in _flowed(blocks)])
        return out.getvalue()

    return make


def weasyprint(place: Path, _name: str) -> Callable[[list[Block]], bytes]:
    """Set the blocks as HTML; it needs Pango from the system."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{font-family: {key}; src: url(file://{place / key}.ttf)}} " for key in FACES
    )
    style = CSS(
        string=faces
        + """
        @page {size: A4; margin: 37mm 26mm 35mm 28mm}
        body {font: 15.79pt/28.99pt fangsong, song-basic, song-rare-3; text-align: justify; margin: 0} p {margin: 0; text-indent: 2em}
        .office {font: 35pt/50pt biaosong; color: red; text-align: center; text-indent: 0}
        .title {font: 22pt/29pt biaosong; text-align: center; text-indent: 0; margin: 40pt 0 29pt}
        .heading {font-family: heiti} .addressee {text-indent: 0} .number, .right {text-indent: 0; text-align: right}
        """,
        font_config=fonts,
    )

    def make(blocks: list[Block]) -> bytes:
        body = "".join(f'<p class="{kind}">{escape(text)}</p>' for kind, text in _flowed(blocks))
        page = HTML(string=f"<html lang='zh-CN'><title>答复书</title><body>{body}</body></html>")
        return bytes(page.write_pdf(stylesheets=[style], font_config=fonts))

    return make


def typst(place: Path, _name: str) -> Callable[[list[Block]], bytes]:
    """Set the blocks as typst's markup."""
    import typst as engine

    head = """
        #set document(title: "政府信息公开申请答复书")
        #set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm))
        #set text(font: ("Paper FangSong", "Paper Song Basic", "Paper Song Rare C"), size: 15.79pt, lang: "zh")
        #set par(justify: true, leading: 13.2pt, spacing: 13.2pt, first-line-indent: (amount: 2em, all: true))
    """
    around = {
        "office": '#align(center, text(font: "Paper BiaoSong", size: 35pt, fill: red, %s))',
        "title": '#align(center, block(above: 40pt, below: 29pt, text(font: "Paper BiaoSong", size: 22pt, %s)))',
        "heading": '#text(font: "Paper HeiTi", %s)', "addressee": "#par(first-line-indent: 0em, %s)",
        "number": "#align(right, %s)", "right": "#align(right, %s)", "para": "#par(%s)",
    }  # fmt: skip
    compiler = engine.Compiler(font_paths=[str(place)], ignore_system_fonts=True)

    def make(blocks: list[Block]) -> bytes:
        body = "\n\n".join(
            around[kind] % json.dumps(text, ensure_ascii=False) for kind, text in _flowed(blocks)
        )
        return bytes(compiler.compile(input=(head + body).encode()))

    return make


def _flowed(blocks: list[Block]) -> list[tuple[str, str]]:
    """Return each block as a style and a text, for engines that flow paragraphs."""
    found = []
    for block in blocks:
        kind = block["type"]
        if kind == "attachments":
            found += [("para", f"附件：{item}") for item in block["items"]]
        elif kind == "signature":
            found += [("right", block["office"]), ("right", block["date"])]
        else:
            found.append(
                (
                    kind if kind in ("office", "number", "title", "heading", "addressee") else "para",
                    block["text"],
                )
            )
    return found


ENGINES: dict[str, Engine] = {
    "ours": ours, "ours-archive": ours, "reportlab": reportlab, "weasyprint": weasyprint, "typst": typst,
}  # fmt: skip
