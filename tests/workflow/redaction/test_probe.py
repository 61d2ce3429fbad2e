"""The search: variants of a string, fragments, encodings; and what it must not take for a trace."""

import base64
import gzip
import io
import tarfile
from importlib import import_module

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.workflow.redaction.corpus.case import ID, NAME, drawn
from workflow.review.redaction import probe
from workflow.review.redaction.errors import BadSource
from workflow.review.redaction.identity import numbers, valid
from workflow.review.redaction.probe.secrets import Secrets
from workflow.review.redaction.read_pictures import near


def found(data, *secrets):
    return [(finding.secret, finding.how) for finding in probe(data, secrets, read=False).findings]


@pytest.mark.parametrize(
    "said",
    [
        "110101199003070011", "１１０１０１１９９００３０７００１１", "110101 19900307 0011", "110101-19900307-0011",
        "1 1 0 1 0 1 1 9 9 0 0 3 0 7 0 0 1 1", "11010119900307\n0011", "110101\u200b199003070011",
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_spaced(said):
    assert found(f"证号{said}。".encode(), ID) == [(1, "whole")]


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_spaced_number_is_found_in_utf_16_with_and_without_its_mark(coding):
    assert found("申请人的证号：110101 19900307 0011，住清源县。".encode(coding), ID) == [(1, "whole")]


@pytest.mark.parametrize("said, how", [("110101", "fragment"), ("03070011", "fragment"), ("11010", None)])
def test_fragments_count_from_six_characters_on(said, how):
    assert found(f"号段{said}。".encode(), ID) == ([(1, how)] if how else [])


def test_a_birthday_in_another_form_is_no_trace():
    assert found("出生日期1990-03-07，2026年11月26日".encode(), ID) == []


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize(
    "write",
    [
        bytes,
        lambda series: series.hex().encode(),
        lambda series: series.hex().upper().encode(),
        lambda series: base64.b64encode(b"x" + series + b"y"),
        lambda series: base64.b64encode(b"xy" + series),
        lambda series: base64.b64encode(series),
        lambda series: "".join(f"\\{byte:03o}" for byte in series).encode(),
    ],
    ids=["plain", "hex", "HEX", "base64 1", "base64 2", "base64 0", "octal"],
)
def test_bytes_are_searched_in_every_usual_writing(coding, write):
    for secret in (ID, NAME):
        data = b"\x00\xff\x80head" + write(secret.encode(coding)) + b"\xfe\x01tail"
        assert [one.number for one, _ in Secrets([secret]).in_bytes(data)] == [1]


def test_files_in_files_are_opened():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as held:
        inside = gzip.compress(f"证号{ID}".encode("gb18030"))
        info = tarfile.TarInfo("a.txt.gz")
        info.size = len(inside)
        held.addfile(info, io.BytesIO(inside))
    report = probe(gzip.compress(packed.getvalue()), [ID], read=False)
    assert report.findings
    assert "a.txt" in report.findings[0].where


def test_a_nest_without_end_is_said():
    data = b"x"
    for _ in range(9):
        data = gzip.compress(data)
    report = probe(data, [ID], read=False)
    assert not report.clean
    assert report.unread


def test_a_bomb_is_said_and_not_unpacked(monkeypatch):
    monkeypatch.setattr(import_module("workflow.review.redaction.probe.kinds"), "MOST_UNPACKED", 10_000)
    report = probe(gzip.compress(b"0" * 1_000_000), [ID], read=False)
    assert [unread.why for unread in report.unread] == ["解开后过大"]


def test_a_clean_file_is_clean():
    report = probe(drawn(), [ID, NAME, "13800138000"], read=False)
    assert report.clean
    assert report.looked > 10


@given(st.binary(max_size=3000))
@example(b"PDF-")
def test_any_bytes_are_answered(data):
    why, findings = "", ()
    try:
        findings = probe(b"%" + data, [ID], read=False).findings
    except BadSource as refusal:
        why = str(refusal)
    assert not findings
    assert not why or "无法检查" in why


def test_identity_numbers_by_their_check_character():
    assert valid(ID)
    assert valid("44010619851211002x")
    assert not valid("110101199003070012")
    assert list(numbers(f"99{ID}1")) == [ID]
    assert list(numbers("11010119901307001x")) == []


@given(st.text("0123456789", min_size=8, max_size=20), st.text("ab", max_size=10), st.data())
def test_a_needle_with_one_character_misread_is_near(needle, around, data):
    place = data.draw(st.integers(0, len(needle) - 1))
    misread = needle[:place] + "x" + needle[place + 1 :]
    spans = near(around + misread + around, needle, 1)
    assert spans
    assert any(start <= len(around) + place < end or end - start >= len(needle) - 1 for start, end in spans)
