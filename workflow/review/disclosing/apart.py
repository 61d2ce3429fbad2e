"""Burn and prove in a process of its own: what a file does to it touches no worker; it knows no database."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflow.review.disclosing.table_copy import Moved, table_copy
from workflow.review.redaction import BadPlan, BadSource, Box, Leaks, Mark, NotLocated, release
from workflow.review.sandbox.network import SHARED, leave, told

ROOT = Path(__file__).resolve().parents[3]
#: How long a burn may take: a minute to begin with, and so many seconds a page.
SECONDS, SECONDS_A_PAGE = 120, 6
#: And so many more where each finished page is read for its searchable layer.
SECONDS_TO_READ = 30
BROKEN = "制作公开副本的程序中途停止，文件可能有问题，请重新制作；仍不成功的，请重新打印为PDF后更换版本"
MOVED = "表格的工作副本由本系统的其他版本制作，单元格的位置对不上，请更换版本（重新上传同一文件）后再制作"
SLOW = "制作公开副本没有在允许的时间内完成，请拆分文件后更换版本"


@dataclass(frozen=True)
class Refused(Exception):
    """Raised where no copy came of it: the code, a Chinese sentence, and where on the pages."""

    code: str
    message: str
    findings: list[dict[str, Any]] = field(default_factory=list)


def burn_apart(
    place: Path,
    marks: Sequence[dict[str, Any]],
    *,
    pages: int,
    progress: Callable[[str, int], None],
    layer: bool = False,
) -> dict[str, Any]:
    """Make `place/out.pdf` from `place/in.pdf` and return the certificate.

    Where `place/table.xlsx` lies, its clean copy goes to `place/table_out.xlsx`.

    :param marks: page, box in points, printed ground, hands; for JSON
    :param layer: adds unseen text read from the finished pictures
    :param progress: called with the stage and the pages done
    :raises Refused: where the engine refuses, breaks or takes too long
    """
    job = {"marks": list(marks), "layer": layer}
    (place / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(place), "TMPDIR": str(place),
    }  # fmt: skip
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-s", "-m", "workflow.review.disclosing.apart", str(place)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
            start_new_session=True, text=True,
        )  # fmt: skip
    seconds = SECONDS_A_PAGE + (SECONDS_TO_READ if layer else 0)
    late = threading.Timer(SECONDS + seconds * pages, _end, [process])
    late.start()
    try:
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                stage, _, done = line.strip().partition(" ")
                if done.isdecimal():
                    progress(stage, int(done))
        process.wait()
    finally:
        in_time = late.is_alive()
        late.cancel()
        _end(process)
        process.wait()
    answer = _answer(place / "answer.json")
    if answer is None:
        raise Refused("slow" if not in_time else "broken", BROKEN if in_time else SLOW)
    if "refused" in answer:
        told = answer["refused"]
        raise Refused(str(told["code"]), str(told["message"])[:400], list(told.get("findings", []))[:200])
    return dict(answer["certificate"])


def _end(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _answer(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def main(place: Path, *, network: str = SHARED) -> int:
    """Do the job that lies in a directory and leave the answer beside it.

    :param network: what the certificate says of this process's network
    """
    job = json.loads((place / "job.json").read_text(encoding="utf-8"))
    marks = [Mark(m["page"], Box(*m["box"]), m["ground"], tuple(m["by"])) for m in job["marks"]]
    answer: dict[str, Any]
    try:
        made = _released(place, marks, layer=bool(job.get("layer")))
        answer = {"certificate": made | {"network": network}}
    except Moved:
        answer = {"refused": {"code": "table_moved", "message": MOVED}}
    except Leaks as leaks:
        found = [finding.as_dict() for finding in leaks.findings]
        answer = {"refused": {"code": leaks.code, "message": leaks.message, "findings": found}}
    except (BadPlan, BadSource, NotLocated) as refusal:
        answer = {"refused": {"code": refusal.code, "message": refusal.message}}
    (place / "answer.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return 0


def _released(place: Path, marks: Sequence[Mark], *, layer: bool) -> dict[str, Any]:
    """Make and prove the pages and, where there is one, the table; both or neither."""
    table, told = place / "table.xlsx", None
    if table.is_file():
        clean = table_copy(table.read_bytes(), (place / "in.pdf").read_bytes(), marks)
        told = clean.told
    made = release(
        place / "in.pdf", place / "out.pdf", place / "certificate.json", marks, layer=layer, progress=_say
    )
    if told is not None:
        (place / "table_out.xlsx").write_bytes(clean.data)
        made["table"] = told
        made["probes"] = [*made["probes"], *told.pop("probes")]
    return made


def _say(done: int, count: int) -> None:
    sys.stdout.write(f"{'proving' if done >= count else 'burning'} {done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), network=told(leave())))
