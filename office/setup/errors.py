"""What is wrong with a file, line by line."""

from __future__ import annotations

from ..errors import Refusal


class BadFile(Refusal):
    """A file that was not loaded; says every fault with its line. Nothing of it was stored."""

    def __init__(self, name: str, faults: list[tuple[int, str]]) -> None:
        self.faults = sorted(faults)
        lines = "\n".join(f"  第 {line} 行：{text}" if line else f"  {text}" for line, text in self.faults)
        super().__init__("bad_file", f"{name} 有 {len(faults)} 处错误，一条也没有导入：\n{lines}")
