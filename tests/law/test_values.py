"""Dated values: found on a day, cited, refused when unknown or when the text itself fixes them."""

import re
from datetime import date
from pathlib import Path

import pytest

from law import values
from law.errors import BadTable, NotOverridable, UnknownValue

TODAY = date(2026, 11, 20)
LAW = Path(values.__file__).parent


@pytest.mark.parametrize(
    "key,on,expected",
    [
        ("art33.reply_days", "2008-05-01", 15), ("art33.reply_days", "2019-05-14", 15), ("art33.reply_days", "2019-05-15", 20),
        ("art30.notice_days", "2026-11-20", 7), ("art32.opinion_days", "2026-11-20", 15), ("art34.opinion_days", "2026-11-20", 15),
        ("art26.publish_days", "2026-11-20", 20), ("art33.extension_days_max", "2026-11-20", 20),
        ("remedies.reconsideration_days", "2026-11-20", 60), ("remedies.suit_after_days", "2026-11-20", 15),
        ("remedies.suit_direct_months", "2026-11-20", 6), ("remedies.suit_direct_months", "2015-04-30", 3),
        ("answering.simple_days", "2026-11-20", 5), ("answering.ordinary_days", "2026-11-20", 10),
        ("answering.defence_days", "2026-11-20", 15), ("answering.report_days", "2026-11-20", 60),
        ("fees.payment_days", "2026-11-20", 20), ("fees.budget_code", "2026-11-20", "103049950"),
        ("art49.department_report", "2026-11-20", "01-31"), ("art49.government_report", "2026-11-20", "03-31"),
    ],
)  # fmt: skip
def test_a_value_on_a_day(key, on, expected):
    assert values.value(key, date.fromisoformat(on)) == expected


@pytest.mark.parametrize(
    "key,on",
    [("art33.reply_days", "2008-04-30"), ("art30.notice_days", "2019-05-14"), ("art99.none", "2026-01-01")],
)
def test_an_unknown_key_or_day_is_refused(key, on):
    with pytest.raises(UnknownValue) as refusal:
        values.value(key, date.fromisoformat(on))
    assert refusal.value.key == key
    assert refusal.value.on == (None if key == "art99.none" else date.fromisoformat(on))


def test_an_office_overrides_a_practice_from_its_day():
    own = {"art30.supplement_term_days": [(date(2026, 6, 1), 10), (date(2026, 9, 1), 12)]}
    told = [
        values.value("art30.supplement_term_days", d, own)
        for d in (date(2026, 5, 31), date(2026, 6, 1), TODAY)
    ]
    assert told == [15, 10, 12]
    assert values.value("art30.supplement_term_days", TODAY, {"art30.supplement_term_days": 8}) == 8


def test_what_the_text_fixes_is_no_parameter():
    with pytest.raises(NotOverridable, match="第三十三条"):
        values.value("art33.reply_days", TODAY, {"art33.reply_days": 30})


def test_every_value_is_cited_and_every_fixed_one_verified():
    for held in values.table().values():
        for value in held:
            assert value.citation
            assert value.unit
            assert (
                value.overridable is False
                or value.certainty != "verified"
                or value.key == "art26.publish_days"
            )


def test_a_value_of_the_wrong_kind_is_refused():
    with pytest.raises(BadTable):
        values.number("art34.silence", TODAY)
    with pytest.raises(BadTable):
        values.flag("art33.reply_days", TODAY)
    with pytest.raises(BadTable):
        values.text("art33.reply_days", TODAY)


def test_a_value_comes_whole():
    assert values.dated("art33.agency_opinion_days", TODAY) == values.DatedValue(
        key="art33.agency_opinion_days",
        value=15,
        unit="working days",
        from_on=date(2019, 5, 15),
        until_on=None,
        citation="《政府信息公开条例》（国务院令第711号）第三十三条第三款（未定期限），类推第三十四条",
        certainty=values.Certainty.DISPUTED,
        overridable=True,
        reading="R2",
        file="gid/art33_reply.toml",
    )
    assert values.dated("art33.reply_days", TODAY).reading == ""


def test_what_a_day_has_no_value_for_is_nothing_or_no():
    before = date(2019, 5, 14)
    assert values.optional_number("art30.notice_days", before) is None
    assert values.optional_number("art30.notice_days", TODAY) == 7
    assert values.optional_flag("fees.clock_restarts", date(2020, 12, 31)) is False
    assert values.optional_flag("fees.clock_restarts", TODAY) is True
    assert values.optional_flag("fees.clock_restarts", TODAY, {"fees.clock_restarts": False}) is False
    for ask in (values.known, values.optional_number):
        with pytest.raises(UnknownValue) as refusal:
            ask("art99.none", TODAY)
        assert refusal.value.key == "art99.none"


@pytest.mark.parametrize(
    "rows,reason",
    [
        ('[[value]]\nkey = "x"\nvalue = 1\n', "^art99.toml x：缺少 certainty、citation、from、unit。$"),
        (
            '[[value]]\nvalue = 1\nunit = "d"\nfrom = 2026-01-01\ncitation = "c"\n',
            "^art99.toml ：缺少 certainty、key。$",
        ),
        ('[[value]]\nkey = "x"\nworth = 1\nmood = 2\n', "^art99.toml：不认识的字段 mood、worth。$"),
        (
            '[[value]]\nkey = "x"\nvalue = 1\nunit = "d"\nfrom = 2026-01-01\ncitation = "c"\ncertainty = "verified"\nsure = 1\n',
            "不认识的字段",
        ),
        (
            (
                '[[value]]\nkey = "x"\nvalue = 1\nunit = "d"\nfrom = 2026-01-01\ncitation = "c"\ncertainty = "verified"\n'
                '[[value]]\nkey = "x"\nvalue = 2\nunit = "d"\nfrom = 2026-02-01\ncitation = "c"\ncertainty = "verified"\n'
            ),
            "时间重叠",
        ),
    ],
)
def test_a_damaged_table_is_refused(tmp_path, monkeypatch, rows, reason):
    (tmp_path / "art99.toml").write_text(rows, "utf-8")
    monkeypatch.setattr(values, "ROOT", tmp_path)
    with pytest.raises(BadTable, match=reason):
        values.table.__wrapped__()


def test_no_statutory_number_stands_in_the_code():
    terms = re.compile(r"(?<![\w.\-])(15|20|30|60)(?![\w.\-])")
    for path in sorted(LAW.rglob("*.py")):
        code = re.sub(r'"""[\s\S]*?"""', "", path.read_text("utf-8"))
        code = re.sub(r'f?"[^"\n]*"|#.*', "", code)
        assert not terms.findall(code), path


def test_what_is_verified_cites_no_text_that_came_later():
    """A value cannot be read in a source of a later year than the day it applies from."""
    for rows in values.table().values():
        for held in rows:
            if held.certainty != "verified":
                continue
            years = [
                int(y) for pair in re.findall(r"〔(\d{4})〕|（(\d{4})修订", held.citation) for y in pair if y
            ]
            earliest = min(years, default=0)
            assert earliest <= held.from_on.year, (held.key, held.citation)


def test_superseded_regimes_are_there_where_they_still_matter():
    days = [date(2019, 5, 14), date(2019, 5, 15)]
    assert [values.value("art33.reply_days", d) for d in days] == [15, 20]
    assert [values.value("art33.extension_days_max", d) for d in days] == [15, 20]
    assert [values.value("art33.pauses.agency", d) for d in days] == [False, True]
    signed = [date(2023, 12, 31), date(2024, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    partial = [values.dated("remedies.class.partial", d) for d in signed]
    assert [p.value for p in partial] == ["B", "A", "A", "A"]
    assert [p.certainty for p in partial] == ["general-knowledge", "disputed", "disputed", "second-hand"]
    assert [values.value("remedies.basic_scheme", d) for d in signed[:2]] == [
        "either_superior",
        "own_government",
    ]
