"""Run one measurement by name: `./dev bench NAME …`; without a name, list them."""

import importlib
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
HELPERS = {"__init__", "__main__", "timing"}


def names() -> list[str]:
    """List the measurements: every module here that is not a helper."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in HELPERS)


def load(name: str) -> ModuleType:
    """Import a measurement, with Django set up first where it asks for it by `DJANGO = True`."""
    source = (HERE / f"{name}.py").read_text(encoding="utf-8")
    if "\nDJANGO = True" in source:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
    return importlib.import_module(f"bench.{name}")


def main(arguments: Sequence[str]) -> int:
    """Run the measurement named first with the arguments that follow it."""
    if not arguments or arguments[0] in ("-h", "--help"):
        for name in names():
            print(f"{name:16} {(load(name).__doc__ or '').splitlines()[0]}")
        return 0
    name, *rest = arguments
    if name not in names():
        print(f"no measurement named {name}; there are: {', '.join(names()) or 'none'}", file=sys.stderr)
        return 2
    print(f"# {name} · Python {platform.python_version()} · {platform.machine()} · {os.cpu_count()} cores")
    run: Callable[[Sequence[str]], int | None] = load(name).run
    return run(rest) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
