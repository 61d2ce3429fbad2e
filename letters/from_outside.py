"""Facts and texts that come from outside: read with care, written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, TextIO

from office import strict_json
from office.errors import Refusal

#: No paper needs more; a file that is longer is something else.
MOST_BYTES = 8_000_000


class Unreadable(Refusal):
    """Raised for a file that is not there, is no text, is no JSON, or cannot be written."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__("unreadable", message, field=field)


def facts_from(source: str | Path, stdin: TextIO) -> dict[str, Any]:
    """Read the facts of a paper from a JSON file, or from standard input where the source is “-”.

    :raises Unreadable: saying in which line of the file JSON ends, or why it cannot be read
    """
    text = _text(source, "facts", "要素文件", stdin)
    try:
        found = strict_json.loads(text)
    except strict_json.TwiceNamed as error:
        raise Unreadable("facts", f"要素文件中“{error.name}”出现了两次，请只保留一个") from error
    except strict_json.NoNumber as error:
        raise Unreadable("facts", f"要素文件中有不能使用的数值 {error.name}") from error
    except json.JSONDecodeError as error:
        raise Unreadable(
            "facts", f"要素文件不是 JSON：第{error.lineno}行第{error.colno}列附近有误（{error.msg}）"
        ) from error
    except RecursionError as error:
        raise Unreadable("facts", "要素文件嵌套过深") from error
    if not isinstance(found, dict):
        raise Unreadable("facts", '要素文件应为一组名称和内容，如 {"office": {…}, "addressee": {…}}')
    return found


def paper_from(held: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Tell a paper's facts from what goes with them: kind, on and number, beside `facts` or among them.

    :param held: `{"facts": {…}, "on": "2026-11-20"}`, or the facts alone with `on` (成文日期) among them
    """
    facts = held.get("facts")
    if isinstance(facts, dict):
        return facts, held
    return {name: value for name, value in held.items() if name != "on"}, {"on": held.get("on")}


def text_from(source: str | Path, stdin: TextIO) -> str:
    """Read a text to be linted, a paragraph a line, from a file or from standard input.

    :raises Unreadable: where it cannot be read or says nothing
    """
    text = _text(source, "text", "文本文件", stdin)
    if not text.strip():
        raise Unreadable("text", "文本文件是空的")
    return text


def _text(source: str | Path, field: str, name: str, stdin: TextIO) -> str:
    try:
        if str(source) == "-":
            raw = stdin.buffer.read(MOST_BYTES + 1) if hasattr(stdin, "buffer") else stdin.read().encode()
        else:
            with Path(source).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise Unreadable(field, f"{name}超过{MOST_BYTES // 1_000_000}MB，不是一份文书")
        return raw.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise Unreadable(field, f"{name}不存在：{source}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(field, f"{name}应为 UTF-8 编码的文本") from error
    except OSError as error:
        raise Unreadable(field, f"{name}无法读取：{source}（{error.strerror}）") from error


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    :raises Unreadable: where it cannot be written
    """
    held = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as file:
            held = file.name
            file.write(content)
        # A temporary file is for its owner alone; a paper is for whoever may read the folder.
        Path(held).chmod(0o666 & ~_umask())
        Path(held).replace(path)
    except OSError as error:
        if held:
            Path(held).unlink(missing_ok=True)
        raise Unreadable("out", f"不能写入{path}：{error.strerror}，请换一个可以写入的位置") from error


def _umask() -> int:
    held = os.umask(0)
    os.umask(held)
    return held
