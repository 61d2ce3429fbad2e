"""`years import` on the command line: what it shows, writes, and refuses by name."""

import io

import pytest

import calendars
from calendars.days import Calendar
from calendars.notice.cli import run
from calendars.years import Year, parse_year
from tests.calendars.made_notices import text_of


def years(*argv, given="", calendar=None):
    out, err = io.StringIO(), io.StringIO()
    code = run(argv, stdin=io.StringIO(given), stdout=out, stderr=err, calendar=calendar)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def until_2025():
    return Calendar(y for y in calendars.load().years if y.year < 2026)


def test_import_shows_what_it_understood_and_writes_the_year(until_2025, tmp_path):
    argv = ["import", "--text", "-", "--year", "2026"]
    code, out, _ = years(*argv, given=text_of(2026, 0), calendar=until_2025)
    assert code == 0
    assert "原文　春节：2月15日" in out
    assert "理解　春节　放假 2026-02-15、" in out
    assert "自查通过" in out
    assert list(tmp_path.iterdir()) == []
    code, _, _ = years(
        *argv,
        "--write",
        str(tmp_path),
        "--address",
        "https://example.test/1",
        given=text_of(2026, 0),
        calendar=until_2025,
    )
    written = parse_year((tmp_path / "2026.toml").read_text("utf-8"))
    assert code == 0
    grown = Calendar((*until_2025.years, written))
    assert grown.line.ordinals == calendars.load().line.ordinals


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_as_an_editor_saved_it(until_2025, tmp_path, encoding):
    path = tmp_path / "notice.txt"
    path.write_bytes(text_of(2026, 0).encode(encoding))
    code, out, _ = years("import", "--text", str(path), "--year", "2026", calendar=until_2025)
    assert (code, "自查通过" in out) == (0, True)


def test_a_folder_that_is_not_there_is_said_to_be_so(until_2025, tmp_path):
    (tmp_path / "file").touch()
    for folder in (tmp_path / "nowhere", tmp_path / "file"):
        code, _, err = years(
            "import", "--text", "-", "--year", "2026", "--write", str(folder),
            given=text_of(2026, 0), calendar=until_2025,
        )  # fmt: skip
        assert (code, err.startswith(f"--write：不能写入 {folder}")) == (2, True)


def test_what_is_no_text_or_no_file_is_said_to_be_so(until_2025, tmp_path):
    path = tmp_path / "notice.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\xff\xff")
    code, _, err = years("import", "--text", str(path), "--year", "2026", calendar=until_2025)
    assert (code, "不是文本文件" in err) == (2, True)
    code, _, err = years("import", "--text", str(tmp_path), "--year", "2026", calendar=until_2025)
    assert (code, "读不到" in err, "UTF-8" in err) == (2, True, False)


def test_import_adds_a_second_notice_to_its_year(tmp_path):
    first = Calendar(
        Year(y.year, y.notices[:1]) if y.year == 2020 else y for y in calendars.load().years if y.year <= 2020
    )
    code, _, err = years(
        "import", "--text", "-", "--year", "2020", "--published-on", "2020-01-27", "--write", str(tmp_path),
        given=text_of(2020, 1), calendar=first,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert len(parse_year((tmp_path / "2020.toml").read_text("utf-8")).notices) == 2


@pytest.mark.parametrize(
    "argv,field",
    [
        (["import", "--text", "-", "--year", "2026"], "已经录入"),
        (["import", "--text", "-", "--year", "26"], "--year"),
        (["import", "--text", "/nowhere.txt", "--year", "2026"], "--text"),
        (["import", "--text", "-"], "命令行"),
        (["import", "--text", "-", "--year", "2026", "--published-on", "soon"], "--published-on"),
    ],
)
def test_import_names_what_it_refuses(argv, field):
    code, _, err = years(*argv, given=text_of(2026, 0))
    assert code == 2
    assert field in err


def test_import_leaves_no_gap(until_2025):
    before = Calendar(y for y in until_2025.years if y.year < 2025)
    code, _, err = years("import", "--text", "-", "--year", "2026", given=text_of(2026, 0), calendar=before)
    assert (code, "不能跳过" in err) == (2, True)


def test_import_without_any_date_asks_for_one(until_2025):
    before = Calendar(y for y in until_2025.years if y.year < 2025)
    code, _, err = years("import", "--text", "-", "--year", "2025", given=text_of(2025, 0), calendar=before)
    assert (code, err.startswith("--published-on")) == (2, True)
