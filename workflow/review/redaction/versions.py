"""Names and versions of what made and proved a copy."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tomllib import loads

from workflow.review.redaction import ocr

_PACKAGES = ("pypdfium2", "pillow", "pikepdf", "lxml")


def _own() -> str:
    try:
        project = Path(__file__).resolve().parents[3] / "pyproject.toml"
        return str(loads(project.read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError):
        return "unknown"


TOOL = f"gongkai {_own()}"


def versions() -> dict[str, str]:
    """Return each tool and its version; the engine that reads pictures is named as missing where it is."""
    found = {"gongkai": _own()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "unknown"
    here = ocr.engine()
    found["ocr"] = here.name if here else f"未安装（{ocr.PACKAGES}）"
    return found
