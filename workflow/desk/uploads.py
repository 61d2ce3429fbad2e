"""One uploaded file on an act's form."""

from __future__ import annotations

from typing import Any

from django import forms

from workflow.requests import FileData

ACCEPT = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.docx,.xlsx,.txt"


class FileField(forms.FileField):
    """A file; its kind is judged by its content when it is stored, not here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPT}))
        super().__init__(*args, **kwargs)
        self.error_messages |= {"empty": "选择的文件是空的", "missing": "请选择文件", "invalid": "请选择文件"}


def file_data(uploaded: Any, *, kind: str) -> FileData | None:
    """Take an uploaded file into the words of the actions; None for none."""
    return FileData(name=uploaded.name, content=uploaded.read(), kind=kind) if uploaded else None
