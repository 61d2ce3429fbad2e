"""Redaction at 200 dpi: pages/s of burning and proving on 1 and 2 processes, memory by pages, time to a first page: redaction [PAGES]."""

from __future__ import annotations

import io
import json
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

DJANGO = False
FONT = Path(__file__).resolve().parent.parent / "letters" / "fonts" / "fangsong.ttf.xz"
LINES = 28
NUMBER = "110101199003070011"
LINE = "第{page}页第{line}行：某户申请征收补偿安置，房屋面积和附属物以现场勘验记录为准，另行"


def run(arguments: Sequence[str]) -> int:
    """Print pages/s for burn alone and burn + prove, the peak of memory for three sizes, and the time to a first page."""
    if arguments[:1] == ["one"]:
        return _one(Path(arguments[1]), workers=int(arguments[2]))
    if arguments[:1] == ["first"]:
        return _first(Path(arguments[1]))
    pages = int(arguments[0]) if arguments else 600
    print(f"load {os.getloadavg()[0]:.1f}; an identity number, two names and a drawn box on every page")
    with tempfile.TemporaryDirectory() as place:
        for count in sorted({pages // 10, pages // 3, pages}):
            path = Path(place) / f"{count}.pdf"
            _make(path, count)
            for workers in (1, 2):
                told = _process("one", path, str(workers))
                print(
                    f"{count:5} pages, {workers} at work: burn {told['burn']:5.1f} pages/s, burn + prove {told['whole']:5.1f}"
                    f" pages/s; a core's second {told['burn_core']:5.1f} and {told['whole_core']:5.1f} pages;"
                    f" peak {told['peak'] / 1024:4.0f} MiB a process; {told['size'] / count / 1024:4.1f} KiB a page"
                )
        path = Path(place) / f"{pages}.pdf"
        told = _process("first", path)
        print(
            f"first page of {pages}: {told['first']:.2f} s in a new process, {told['warm']:.3f} s in a warm one"
        )
    return 0


def _make(path: Path, pages: int) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(TTFont("bench", io.BytesIO(lzma.decompress(FONT.read_bytes()))))
    paper = canvas.Canvas(str(path), pagesize=(595, 842), invariant=1)
    for page in range(1, pages + 1):
        paper.setFont("bench", 14)
        for line in range(LINES):
            paper.drawString(80, 770 - 25 * line, LINE.format(page=page, line=line)[:31])
        paper.drawString(80, 60, f"联系人：张三丰，{NUMBER}")
        paper.showPage()
    paper.save()


def _process(*arguments: object) -> dict[str, float]:
    line = [sys.executable, "-m", "bench", "redaction", *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, check=False, text=True)
    if done.returncode:
        raise SystemExit(done.stderr.strip()[-2000:])
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said


def _one(path: Path, *, workers: int) -> int:
    from workflow.review.redaction import Box, Mark, Wanted, burn, certificate, prove

    pages = int(path.stem)
    marks = [Mark(page, Box(80, 200, 240, 220), "个人隐私") for page in range(1, pages + 1)]
    to = path.with_suffix(".out")
    began, before = time.perf_counter(), _spent()
    copy = burn(source=path, to=to, marks=marks, wanted=[Wanted(NUMBER), Wanted("张三丰")], workers=workers)
    burned, burn_core = time.perf_counter() - began, _spent() - before
    proof = prove(copy, workers=workers)
    whole, whole_core = time.perf_counter() - began, _spent() - before
    certificate(copy, proof)
    told = {
        "burn": pages / burned, "whole": pages / whole, "burn_core": pages / burn_core, "whole_core": pages / whole_core,
        "size": to.stat().st_size,
        "peak": max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)),
    }  # fmt: skip
    print(json.dumps(told))
    return 0


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _first(path: Path) -> int:
    began = time.perf_counter()
    from workflow.review.redaction import open_source

    def page(number: int) -> None:
        with open_source(path) as source:
            shown = source.page(number)
            shown.picture(110, colour=True).save(io.BytesIO(), "PNG", compress_level=1)
            shown.close()

    page(1)
    first = time.perf_counter() - began
    began = time.perf_counter()
    page(2)
    print(json.dumps({"first": first, "warm": time.perf_counter() - began}))
    return 0
