"""Forms of the annual report: what no case knows, its words, its publication, an older one."""

from __future__ import annotations

from typing import Any

from django import forms

from law.annual.layout import layout
from law.gid.art50_report import parts
from office.web.forms import DayField, Form
from workflow.annual.narrative import must_be_written, standard

ACCEPT = ".html,.htm,.xlsx,.docx,.json"


class FillForm(Form):
    """Table two cell by cell, then the words of each part."""

    marks_optional = False

    def __init__(self, *args: Any, year: int, hand: Any = None, texts: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells: dict[str, tuple[str, str]] = {}
        self.groups: list[tuple[str, list[str]]] = []
        self.year = year
        for table in layout().hand_tables(year):
            names = []
            for row in table.rows:
                for column in table.columns:
                    name = f"hand_{len(self.cells)}"
                    self.cells[name] = (row, column)
                    value = (hand or {}).get(row, {}).get(column)
                    self.fields[name] = forms.CharField(
                        label=f"{row}：{column}", required=False, max_length=20, initial="" if value is None else value,
                        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "decimal", "autocomplete": "off"}),
                    )  # fmt: skip
                    names.append(name)
            self.groups.append((table.clause, names))
        for number, heading in enumerate(parts(max(year, layout().split_other_from)), 1):
            begun = (texts or {}).get(str(number), standard(number, year))
            self.fields[f"text_{number}"] = forms.CharField(
                label=heading, required=False, max_length=20_000, initial=begun, strip=True,
                help_text="一行一段；花括号中的名称出报告时换成表中的数字" if must_be_written(number) else "没有要说的，可以留空",
                widget=forms.Textarea(attrs={"rows": 6 if must_be_written(number) else 3}),
            )  # fmt: skip

    def hand(self) -> dict[str, dict[str, str]]:
        """Return what was entered into table two, by row and column."""
        found: dict[str, dict[str, str]] = {}
        for name, (row, column) in self.cells.items():
            found.setdefault(row, {})[column] = self.cleaned_data[name]
        return found

    def texts(self) -> dict[str, str]:
        """Return the words by the number of their part; those that were left as they are begun are not an office's own."""
        found = {}
        for name in self.fields:
            if name.startswith("text_"):
                number = name.removeprefix("text_")
                text = "\n".join(
                    line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()
                )
                if text != standard(int(number), self.year):
                    found[number] = text
        return found

    def field_of(self, where: str) -> str:
        """Return the field that a refusal speaks of: a part by its own name, a cell by row and column."""
        for name, (row, column) in self.cells.items():
            if where == f"{row}·{column}":
                return name
        return where if where in self.fields else ""

    def shown(self) -> list[tuple[str, list[Any]]]:
        """Return the fields of table two by clause, for the page."""
        return [(clause, [self[name] for name in names]) for clause, names in self.groups]

    def shown_texts(self) -> list[Any]:
        """Return the fields of the words, for the page."""
        return [self[name] for name in self.fields if name.startswith("text_")]


class PublishForm(Form):
    """When and where the report was published."""

    published_on = DayField(label="公布日期")
    address = forms.URLField(
        label="公布网址",
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "w-30"}),
    )


class TakeBackForm(Form):
    """Why a published report is written anew."""

    reason = forms.CharField(
        label="撤回的理由",
        help_text="哪一处有误；会留存备查",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EnterForm(Form):
    """A report that was published before the system was in use."""

    file = forms.FileField(
        label="已公布的报告", help_text="网页（另存为 html）、xlsx 或者 docx；表三、表四须在其中",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"empty": "选择的文件是空的", "missing": "请选择文件", "invalid": "请选择文件", "required": "请选择文件"},
    )  # fmt: skip
    published_on = DayField(label="公布日期")
    address = forms.URLField(
        label="公布网址",
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "w-30"}),
    )
