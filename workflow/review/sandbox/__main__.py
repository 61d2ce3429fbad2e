"""The process itself: takes its limits upon it, reads one file, writes one answer."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def main(place: Path) -> int:
    """Do the job that lies in a directory and leave the answer beside it."""
    from workflow.review.sandbox.limits import Limits, impose
    from workflow.review.sandbox.unfit import Unfit

    job: dict[str, Any] = json.loads((place / "job.json").read_text(encoding="utf-8"))
    limits = Limits(**job.pop("limits"))
    impose(limits)
    from workflow.review.sandbox.network import leave

    apart = leave()
    from workflow.review.sandbox import tasks

    os.chdir(place)
    out = place / "out"
    try:
        answer = tasks.do(job.pop("task"), (place / "in.bin").read_bytes(), out, limits, **job)
    except Unfit as refusal:
        answer = {"refused": {"code": refusal.code, "message": refusal.message}}
    except MemoryError:
        from workflow.review.sandbox.runner import HEAVY

        answer = {"refused": {"code": "file_heavy", "message": HEAVY}}
    except RecursionError:
        from workflow.review.sandbox.runner import BROKEN

        answer = {"refused": {"code": "file_broken", "message": BROKEN}}
    answer["network"] = "none" if apart else "shared"
    (out / "answer.json").write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
