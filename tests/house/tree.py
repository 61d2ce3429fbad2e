"""The project's own files, as the house tests walk them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("config", "intake", "workflow", "letters", "law", "calendars", "office")
TOP = {
    *FLOORS,
    *("manage.py", "pyproject.toml", "README.md", "README.zh.md", "dev", "tests", "docs", "bench", "deploy"),
    *(".ci", ".gitignore", ".gitattributes", ".editorconfig", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md"),
    *("requirements.lock", "requirements-signature.lock", "requirements-dev.lock"),
}
# What setting up, running and testing leave behind; the same names stand in .gitignore.
MADE = {".git", ".venv", "var", "out", "__pycache__", ".hypothesis", ".env"}
MADE |= {".mutation", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache"}
TEXT = {".py", ".html", ".css", ".js", ".toml", ".md", ".txt", ".csv", ".json", ".lock", ".po", ".sh", ".svg"}
TEXT |= {"", ".service", ".timer", ".conf", ".example", ".jsonl", ".j2", ".env"}


@cache
def files() -> tuple[Path, ...]:
    """List every file that belongs to the project, relative to its root."""

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.name in MADE:
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path.relative_to(ROOT)

    return tuple(walk(ROOT))


def text_files() -> list[Path]:
    """List the files people read, leaving out fonts, pictures and the licences of others."""
    return [path for path in files() if path.suffix in TEXT and "LICENSE" not in path.name]


def read(path: Path) -> str:
    """Give the text of a file."""
    return (ROOT / path).read_text(encoding="utf-8")


def python(*folders: str, migrations: bool = False) -> list[Path]:
    """List the Python files below some top folders."""
    return [
        path
        for path in files()
        if path.suffix == ".py"
        and path.parts[0] in folders
        and (migrations or "migrations" not in path.parts)
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """Parse a Python file once."""
    return ast.parse(read(path), filename=str(path))
