"""The certificate of a proved copy: what went in, what came out, what was burned by whom and why, what was tried."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workflow.review.redaction import ocr
from workflow.review.redaction.burn import Copy
from workflow.review.redaction.dropped import dropped_from
from workflow.review.redaction.marks import Burned
from workflow.review.redaction.prove import Proof
from workflow.review.redaction.versions import versions

FORM = "gongkai-redaction-certificate/1"


def certificate(copy: Copy, proof: Proof) -> dict[str, Any]:
    """Return the certificate of a copy that `prove` passed, ready for JSON.

    It repeats nothing of what was burned: strings appear by their place in the plan. Without a clock in it, the same
    source, plan and tools give the same certificate.
    """
    engine = ocr.engine()
    return {
        "certificate": FORM,
        "result": "passed",
        "source": {"sha256": copy.source_sha256, "kind": copy.source_kind, "pages": len(copy.pages)},
        "copy": {
            "sha256": proof.copy_sha256,
            "pages": len(copy.pages) + copy.legend_pages,
            "legend_pages": copy.legend_pages,
            "dpi": copy.dpi,
            "searchable_layer": copy.layer and engine is not None,
            "page_pictures": [
                {"page": page.number, "kind": page.kind, "sha256": page.sha256} for page in copy.pages
            ],
        },
        "boxes": [_box(page, one) for page, one in copy.burned],
        "grounds": [
            {"ground": ground, "boxes": number}
            for ground, number in sorted(Counter(one.mark.ground for _, one in copy.burned).items())
        ],
        "strings": [_string(copy, index) for index in range(len(copy.wanted))],
        "dropped": dropped_from(copy.source),
        "probes": proof.probes,
        "ocr": engine.name if engine else f"未安装文字识别引擎（{ocr.PACKAGES}），没有识别遮盖处的画面",
        "pictures_not_searched": [
            {"page": page, "why": _why(why)} for page, why in sorted(copy.unread.items())
        ],
        "tools": versions(),
    }


def _box(page: int, one: Burned) -> dict[str, Any]:
    told: dict[str, Any] = {
        "page": page,
        "box": one.mark.box.rounded(),
        "burned": one.box.rounded(),
        "ground": one.mark.ground,
        "reviewers": list(one.mark.by),
        "found_by": one.reason,
        "width_hidden": one.hides_width,
    }
    if one.mark.string is not None:
        told["string"] = one.mark.string
    if one.number is not None:
        told["legend"] = one.number
    return told


def _string(copy: Copy, index: int) -> dict[str, Any]:
    return {
        "string": index,
        "ground": copy.wanted[index].ground,
        "reviewers": list(copy.wanted[index].by),
        "burned": copy.found[index],
        "beyond_the_page": copy.beyond[index],
        "dropped_from": sorted(set(copy.hidden.get(index, []))),
    }


def _why(why: str) -> str:
    return f"没有安装文字识别引擎（{ocr.PACKAGES}）" if why == "no engine" and ocr.engine() is None else why
