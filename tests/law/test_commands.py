"""`clock`, `fee` and `remedy` on the command line: answers, refusals by name, exit codes."""

import io
import json

import pytest

from law.cli import bare, clock, fee, remedy

ASK = {
    "channel": "counter",
    "arrived_on": "2026-03-02",
    "confirmed_on": None,
    "as_of": "2026-03-20",
    "events": [
        {"type": "consultation_sent", "id": "a", "party": "third", "on": "2026-03-09", "delivered_on": None},
        {"type": "opinion_received", "id": "a", "on": "2026-03-25"},
    ],
}
LATE = ASK | {"events": [{"type": "extension", "on": "2026-03-31", "days": 20}]}


def call(command, *argv, given="", **more):
    out, err = io.StringIO(), io.StringIO()
    code = command.run(list(argv), stdin=io.StringIO(given), stdout=out, stderr=err, **more)
    return code, out.getvalue(), err.getvalue()


def test_clock_from_standard_input_and_from_a_file(tmp_path):
    path = tmp_path / "request.json"
    path.write_text(json.dumps(ASK), "utf-8")
    for argv, given in (
        (["-"], json.dumps(ASK)),
        ([str(path)], ""),
        (["-", "--json"], json.dumps(ASK)),
        ([], json.dumps(ASK)),
    ):
        code, out, _ = call(clock, *argv, given=given)
        told = json.loads(out)
        assert code == 0
        assert (told["due_on"], told["status"]) == ("2026-04-16", "paused")
        assert set(told) >= {
            "received_on", "clock_start_on", "original_due_on", "due_on", "alert_due_on", "provisional", "may_change",
            "earliest_due_on", "completed_on", "status", "used", "left", "supplement_notice_due_on", "ledger",
        }  # fmt: skip
        assert set(told["ledger"][0]) >= {"date", "counted", "n", "why", "source"}


def test_clock_as_text_shows_the_ledger():
    code, out, _ = call(clock, "-", "--text", given=json.dumps(ASK))
    assert code == 0
    assert "届满日　2026-04-16" in out
    assert "征求第三方意见（a），不计入" in out


def test_clock_provisional_exits_3():
    ask = {"channel": "portal", "arrived_on": "2026-12-10", "as_of": "2026-12-10"}
    code, out, _ = call(clock, "-", given=json.dumps(ask))
    assert code == 3
    assert json.loads(out)["provisional"] is True
    assert "最早可能届满日　2027-01-06" in call(clock, "-", "--text", given=json.dumps(ask))[1]


def test_clock_as_known_on_an_earlier_day():
    ask = {"channel": "portal", "arrived_on": "2019-04-10", "as_of": "2019-04-10"}
    told = {}
    for known in ("2019-03-21", "2019-03-22"):
        told[known] = json.loads(call(clock, "-", "--json", given=json.dumps(ask | {"known_on": known}))[1])[
            "due_on"
        ]
    assert told == {"2019-03-21": "2019-05-02", "2019-03-22": "2019-04-30"}


def test_clock_refuses_by_name():
    code, out, err = call(clock, "-", given=json.dumps(LATE))
    assert (code, out) == (2, "")
    assert err.startswith("extension_after_due：")
    code, out, _ = call(clock, "-", "--json", given=json.dumps(LATE))
    assert json.loads(out)["code"] == "extension_after_due"


def test_clock_lines_answers_each_line():
    given = "\n".join([json.dumps(ASK), json.dumps(LATE), "", "{", json.dumps([1])])
    code, out, _ = call(clock, "--lines", given=given)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row.get("due_on") for row in rows] == ["2026-04-16", None, None, None, None]
    assert ["error" in row for row in rows] == [False, True, True, True, True]
    assert rows[1]["field"] == "events[0]"


@pytest.mark.parametrize(
    "change,field",
    [
        ({"channel": "pigeon"}, "channel"), ({"channel": None}, "channel"), ({"arrived_on": "2026-13-01"}, "arrived_on"),
        ({"as_of": None}, "as_of"), ({"events": "none"}, "events"), ({"events": [3]}, "events[0]"), ({"note": "x"}, "note"),
        ({"channel": "fax", "confirmed_on": "2026-03-01"}, "confirmed_on"),
        ({"events": [{"type": "party", "on": "2026-03-03"}]}, "events[0].type"),
        ({"events": [{"type": "replied"}]}, "events[0].on"),
        ({"events": [{"type": "replied", "on": 3}]}, "events[0].on"),
        ({"events": [{"type": "extension", "on": "2026-03-03"}]}, "events[0].days"),
        ({"events": [{"type": "extension", "on": "2026-03-03", "days": True}]}, "events[0].days"),
        ({"events": [{"type": "extension", "on": "2026-03-03", "days": 5, "why": "x"}]}, "events[0].why"),
        ({"events": [{"type": "served", "on": "2026-03-03", "channel": "fax"}]}, "events[0].channel"),
        ({"events": [{"type": "consultation_sent", "on": "2026-03-03", "id": "", "party": "third"}]}, "events[0].id"),
        ({"events": [{"type": "consultation_sent", "on": "2026-03-03", "id": "a", "party": "x"}]}, "events[0].party"),
        ({"events": [{"type": "consultation_sent", "on": "2026-03-03", "id": 1.5, "party": "third"}]}, "events[0].id"),
        ({"events": [{"type": "extension", "on": "2026-03-03", "days": 10**40}]}, "events[0].days"),
        ({"events": [{"type": ["x"], "on": "2026-03-03"}]}, "events[0].type"), ({"events": None}, "events"),
        ({"channel": ["counter"]}, "channel"), ({"as_of": "x" * 100_000}, "as_of"), ({"arrived_on": "2008-04-30"}, "arrived_on"),
        ({"as_of": "9999-12-31"}, "as_of"), ({"known_on": "2005-01-01"}, "known_on"), ({"confirmed_on": False}, "confirmed_on"),
        ({"events": [{"type": "excess_delay", "on": "2026-03-03", "until": "9999-12-31"}]}, "events[0].until"),
        ({"events": [{"type": "ordered_rereply", "on": "2036-03-03", "days": 1000}]}, "arrived_on"),
    ],
)  # fmt: skip
def test_clock_names_the_field_it_cannot_read(change, field):
    code, out, _ = call(clock, "-", "--json", given=json.dumps(ASK | change))
    assert code == 2
    told = json.loads(out)
    assert told["field"] == field
    assert field in told["error"]


@pytest.mark.parametrize(
    "given,field",
    [
        (b"", "FILE"), (b" \r\n", "FILE"), (b"{", "FILE"), (b"\xff\xfe{}", "FILE"), (b"[" * 100_000, "FILE"), (b"null", "输入"),
        (b"[]", "输入"), (b'{"as_of": NaN}', "NaN"), (b'{"as_of": ' + b"9" * 5000 + b"}", "FILE"),
        (b'{"as_of": "2026-03-02", "as_of": "2026-03-03"}', "as_of"), (b'{"\\ud800": 1}', "\\ud800"),
    ],
)  # fmt: skip
def test_clock_refuses_what_cannot_be_read_without_stumbling(given, field):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    stdin = io.TextIOWrapper(io.BytesIO(given), encoding="ascii")
    assert clock.run(["-", "--json"], stdin=stdin, stdout=out, stderr=err) == 2
    told = []
    for stream in (out, err):
        stream.flush()
        told.append(stream.buffer.getvalue().decode("utf-8"))
    assert json.loads(told[0])["field"].encode("utf-8", "backslashreplace").decode() == field
    assert field in told[1]
    # The same as one line among others: the next one is answered.
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    lines = given.replace(b"\n", b"") + b"\n" + json.dumps(ASK).encode()
    clock.run(["--lines"], stdin=io.TextIOWrapper(io.BytesIO(lines)), stdout=out, stderr=err)
    rows = [json.loads(row) for row in out.buffer.getvalue().decode("utf-8").splitlines()]
    assert ("error" in rows[0], rows[1]["due_on"]) == (True, "2026-04-16")


def test_clock_takes_a_byte_order_mark_and_windows_lines():
    given = b"\xef\xbb\xbf" + json.dumps(ASK, indent=1).replace("\n", "\r\n").encode()
    out = io.StringIO()
    assert clock.run(["-"], stdin=io.TextIOWrapper(io.BytesIO(given)), stdout=out, stderr=out) == 0
    assert json.loads(out.getvalue())["due_on"] == "2026-04-16"


def test_clock_refuses_what_is_no_json_or_no_file():
    assert call(clock, "-", given="{")[0] == 2
    code, _, err = call(clock, "/nowhere/request.json")
    assert (code, err.startswith("FILE")) == (2, True)
    assert call(clock, "-", "--wrong", given="{}")[0] == 2
    assert call(clock, "-", "--json", "--text", given="{}")[2] == "命令行：--text 与 --json 只能用一个。\n"


@pytest.mark.parametrize(
    "argv,total",
    [
        (["items", "--count", "45"], 5500),
        (["pages", "--count", "150"], 1700),
        (["items", "--count", "1", "--already", "30"], 200),
    ],
)
def test_fee(argv, total):
    assert call(fee, *argv, today="2026-11-20")[:2] == (0, f"{total}\n")
    told = json.loads(call(fee, *argv, "--json", today="2026-11-20")[1])
    assert told["total"] == total == sum(b["amount"] for b in told["brackets"])


@pytest.mark.parametrize(
    "argv,field",
    [
        (["items", "--count", "-1"], "count"), (["items", "--count", "x"], "count"), (["pages", "--count", "3", "--already", "1"], "already"),
        (["items", "--count", "3", "--on", "yesterday"], "on"), (["items"], "命令行"), (["weight", "--count", "3"], "命令行"),
    ],
)  # fmt: skip
def test_fee_names_the_field_it_cannot_read(argv, field):
    code, out, err = call(fee, *argv, today="2026-11-20")
    assert (code, out) == (2, "")
    assert err.startswith(field)


def test_fee_before_its_time_is_refused():
    for basis in ("items", "pages"):
        refused = call(fee, basis, "--count", "11", "--on", "2020-12-31", "--json", today="2026-11-20")
        assert refused[0] == 2
        assert json.loads(refused[1])["field"] == "on"


def test_remedy():
    argv = ["--outcome", "refuse_state_secret", "--office-kind", "county_department", "--on", "2026-11-20"]
    code, out, _ = call(remedy, *argv, today="2026-11-20")
    assert code == 0
    assert "类别　A" in out
    assert "6个月" not in out
    told = json.loads(call(remedy, *argv, "--json", today="2026-11-20")[1])
    assert (told["class"], told["reconsideration_days"], told["suit_days"], told["suit_months"]) == (
        "A",
        60,
        15,
        None,
    )


@pytest.mark.parametrize(
    "argv,field",
    [
        (["--outcome", "refuse", "--office-kind", "department"], "outcome"),
        (["--outcome", "disclose", "--office-kind", "county_bureau"], "office_kind"),
        (["--outcome", "disclose", "--office-kind", "department", "--on", "x"], "on"),
        (["--outcome", "disclose"], "命令行"),
    ],
)
def test_remedy_names_the_field_it_cannot_read(argv, field):
    code, out, err = call(remedy, *argv, today="2026-11-20")
    assert (code, out) == (2, "")
    assert err.startswith(field)
    code, out, _ = call(remedy, *argv, "--json", today="2026-11-20")
    assert json.loads(out)["field"] == field


def test_no_paper_is_older_than_the_regulation():
    for outcome in ("supplement_notice", "fee_notice", "disclose", "no_reply"):
        argv = ["--outcome", outcome, "--office-kind", "county_department", "--on"]
        code, out, err = call(remedy, *argv, "2008-04-30", today="2026-11-20")
        assert (code, out) == (2, ""), outcome
        assert err.startswith("on：2008-04-30 时《政府信息公开条例》尚未施行"), outcome
        assert call(remedy, *argv, "2008-05-01", today="2026-11-20")[0] == 0, outcome


def test_without_a_database_the_clock_answers_without_settings(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(ASK)))
    assert bare.answer(["clock", "-", "--json"], {}, tmp_path) == 0
    assert json.loads(capsys.readouterr().out)["due_on"] == "2026-04-16"
    assert bare.answer(["workdays", "add", "2026-03-02", "20"], {}, tmp_path) == 0
    assert capsys.readouterr().out == "2026-03-30\n"
    assert list(tmp_path.iterdir()) == []


def test_where_a_database_may_be_the_settings_are_read(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "db.sqlite3").touch()
    call = ["clock", "-"]
    assert bare.answer(call, {"DATA_DIR": str(data)}, tmp_path) is None
    assert bare.answer(call, {"DATABASE_URL": "postgres:///x"}, tmp_path) is None
    assert bare.answer(call, {"DJANGO_SETTINGS_MODULE": "tests.settings"}, tmp_path) is None
    assert bare.answer([*call, "--settings=config.settings"], {}, tmp_path) is None
    assert bare.answer(["migrate"], {}, tmp_path) is None
    assert bare.answer([], {}, tmp_path) is None
