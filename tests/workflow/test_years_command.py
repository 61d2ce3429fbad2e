"""`years`: what was understood, entered by one account, put in force by another."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from calendars import published
from calendars.models import StoredNotice
from tests.calendars.made_up import TEXT, YEAR
from tests.workflow.factories import add_person, make_town
from workflow.management.commands.years import answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def years(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = answer(list(arguments), stdin=io.StringIO(), stdout=out, stderr=err)
    return code, out.getvalue(), err.getvalue()


def test_a_year_is_entered_by_one_account_and_confirmed_by_another(notice: str) -> None:
    town = make_town()
    other = add_person(town, "admin")
    asked = ("import", "--text", notice, "--year", str(YEAR))
    code, said, _ = years(*asked)
    assert (code, StoredNotice.objects.count()) == (0, 0)
    assert "理解　春节　放假 2027-02-05" in said
    assert "加 --by 账号" in said
    code, said, _ = years(*asked, "--by", town.admin.username)
    assert code == 0
    assert "已录入 2027 年的安排" in said
    assert "等待复核" in years("list")[1]
    assert years("confirm", "--by", town.admin.username)[0] == 2
    code, said, _ = years("confirm", "--by", other.username)
    assert (code, published.calendar().published_until.year) == (0, YEAR)
    assert "已施行" in said
    assert years("confirm", "--by", other.username)[0] == 2
    code, _, why = years(*asked, "--by", town.admin.username)
    assert (code, "已经录入" in why) == (2, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_is_entered_as_an_editor_saved_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "notice.txt"
    path.write_text(TEXT, encoding=encoding)
    by = make_town().admin.username
    assert years("import", "--text", str(path), "--year", str(YEAR), "--by", by)[0] == 0
    assert StoredNotice.objects.get().text == TEXT.strip()


@pytest.mark.parametrize("joint", [("--write", "{}"), ("--write={}",)])
def test_a_year_written_to_a_folder_leaves_the_database_alone(
    notice: str, tmp_path: Path, joint: tuple[str, ...]
) -> None:
    folder = (given.format(tmp_path) for given in joint)
    by = make_town().admin.username
    code, said, _ = years("import", "--text", notice, "--year", str(YEAR), "--by", by, *folder)
    assert (code, "已写入" in said, StoredNotice.objects.exists()) == (0, True, False)
    assert (tmp_path / f"{YEAR}.toml").exists()


@pytest.mark.parametrize(
    "arguments, why",
    [
        (("confirm",), "--by"),
        (("confirm", "x", "--by", "nobody"), "不是编号"),
        (("confirm", "7", "--by", "nobody"), "没有账号"),
        (("confirm", "--by", "nobody"), "等待复核的有 0 份"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], why: str) -> None:
    code, _, said = years(*arguments)
    assert code == 2
    assert why in said
