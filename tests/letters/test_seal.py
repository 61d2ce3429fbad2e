"""Issuing: number, frozen text and hash together or not at all; the same bytes ever after."""

import hashlib
import threading

import pytest
from django.db import DatabaseError, connection, transaction

import letters
from letters.catalogue import KINDS
from letters.errors import BadCorrection, BadFacts, CannotTypeset, TextChanged
from letters.models import NumberSeries, Paper
from letters.numbers import draw_number
from letters.print_shop import print_sheet
from office import keys
from office.errors import NeverDeleted
from office.models import Office
from tests.letters import samples
from tests.letters.conftest import DAY, NOW, Signer, make_bureau
from tests.letters.measure import fonts, plain


def issue(office: Office, kind: str = "reply_refuse", **more) -> Paper:
    facts = more.pop("facts", None) or samples.facts(kind)
    facts["office"] = office.facts()
    return letters.seal(
        kind=kind, facts=facts, office=office, subject_ref=more.pop("subject_ref", "case:1"), by=Signer(),
        on=more.pop("on", DAY), now=NOW, **more,
    )  # fmt: skip


def test_a_paper_has_number_text_and_hash(bureau):
    paper = issue(bureau)
    assert paper.number_text == "清自然资依复〔2026〕1号"
    assert (paper.by_ref, paper.signed_on, paper.kind) == ("user:7", DAY, "reply_refuse")
    frozen = paper.frozen()
    assert "清自然资依复〔2026〕1号" in frozen["text"]
    assert "2026年11月20日" in frozen["text"]
    assert len(paper.text_sha256) == 64
    assert "王䶮" not in paper.text_sealed


@pytest.mark.parametrize("kind", [code for code, row in KINDS.items() if not row.series])
def test_a_sheet_without_numbers_is_never_issued(bureau, kind):
    with pytest.raises(BadFacts, match="不编文号"):
        issue(bureau, kind)
    assert not Paper.objects.exists()


@pytest.mark.parametrize("kind", [code for code, row in KINDS.items() if row.series])
def test_a_paper_with_a_series_is_never_printed_without_its_number(kind):
    with pytest.raises(BadFacts, match="须编号出具"):
        print_sheet(kind, samples.facts(kind), on=DAY)


def test_numbers_run_per_office_series_and_year(bureau):
    assert [issue(bureau).number for _ in range(3)] == [1, 2, 3]
    assert issue(bureau, "supplement_notice").number_text == "清自然资依补〔2026〕1号"
    assert issue(bureau, "lapse_notice").number_text == "清自然资依告〔2026〕1号"
    assert issue(bureau, "withdrawal_confirmation").number_text == "清自然资依告〔2026〕2号"
    other = Office.objects.create(code="cz", name="清源县财政局", kind="department", level="county", doc_code="清财",
                                  parent=bureau.parent, phone="0415-3126600")  # fmt: skip
    assert issue(other).number_text == "清财依复〔2026〕1号"


def test_rendering_is_the_same_bytes_every_time(bureau):
    paper = issue(bureau, "reply_mixed")
    first = letters.render(paper)
    again = letters.render(Paper.objects.get(pk=paper.pk))
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()
    assert "清自然资依复〔2026〕1号" in plain(first)


def test_the_pdf_is_made_from_the_frozen_text_only(bureau):
    paper = issue(bureau)
    first = letters.render(paper)
    Office.objects.filter(pk=bureau.pk).update(name="改了名的局", phone="0000-0000000")
    assert letters.render(Paper.objects.get(pk=paper.pk)) == first


def test_an_offices_own_faces_do_not_change_earlier_papers(bureau, settings, tmp_path):
    import lzma

    from letters.typeset.faces import SHIPPED

    earlier = issue(bureau)
    first = letters.render(earlier)
    own = tmp_path / "own-fonts"
    own.mkdir()
    (own / "fangsong.ttf").write_bytes(lzma.decompress((SHIPPED / "kaiti.ttf.xz").read_bytes()))
    settings.FONTS_DIR = str(own)
    assert letters.render(earlier) == first
    later = issue(bureau)
    assert any("PaperKaiTi" in line for line in fonts(letters.render(later)))
    settings.FONTS_DIR = ""
    with pytest.raises(CannotTypeset, match="已经更换"):
        letters.render(later)


def test_a_changed_frozen_text_is_found(bureau):
    paper = issue(bureau)
    Paper.objects.filter(pk=paper.pk).update(text_sealed=keys.data_key("case:1").seal('{"blocks": []}'))
    with pytest.raises(RuntimeError, match="散列不符"):
        letters.render(Paper.objects.get(pk=paper.pk))


def test_a_shredded_subject_leaves_number_and_hash(bureau):
    paper = issue(bureau)
    keys.shred("case:1", now=NOW)
    with pytest.raises(keys.Shredded):
        letters.render(paper)
    assert Paper.objects.get(pk=paper.pk).text_sha256 == paper.text_sha256


def test_what_is_signed_is_what_was_reviewed(bureau):
    facts = {**samples.facts("reply_refuse"), "office": bureau.facts()}
    reviewed = letters.compose("reply_refuse", facts, on=DAY)
    paper = issue(bureau, expected_body_sha256=reviewed.body_sha256)
    assert paper.body_sha256 == reviewed.body_sha256
    changed = samples.facts("reply_refuse")
    changed["items"][0]["reason"] += "另一句"
    with pytest.raises(TextChanged):
        issue(bureau, facts=changed, expected_body_sha256=reviewed.body_sha256)
    assert Paper.objects.count() == 1
    assert NumberSeries.objects.get().last == 1


def test_a_failure_after_the_number_leaves_no_gap(bureau):
    def broken() -> None:
        with transaction.atomic():
            issue(bureau)
            raise RuntimeError("break")

    with pytest.raises(RuntimeError, match="break"):
        broken()
    assert issue(bureau).number == 1


@pytest.mark.parametrize("bad", ["😀", "\u202e"])
def test_a_text_that_cannot_be_set_takes_no_number(bureau, bad: str):
    facts = samples.facts("reply_refuse")
    facts["addressee"] = {"name": f"王{bad}", "kind": "natural"}
    with pytest.raises(CannotTypeset):
        issue(bureau, facts=facts)
    assert not Paper.objects.exists()
    assert not NumberSeries.objects.filter(last__gt=0).exists()


def test_an_office_without_code_cannot_number(bureau):
    bureau.doc_code = ""
    with pytest.raises(BadFacts) as caught:
        issue(bureau)
    assert caught.value.fact == "office.doc_code"


def test_a_number_is_drawn_in_a_transaction_only(own_keys, transactional_db):
    with pytest.raises(RuntimeError):
        draw_number(make_bureau(), "依复", 2026)


def test_a_correction_is_a_new_paper_that_names_the_old(bureau):
    old = issue(bureau)
    new = issue(bureau, corrects=old, correction_reason="附件页码有误")
    assert (old.number, new.number) == (1, 2)
    assert new.corrects == old
    assert new.frozen()["corrects"] == old.number_text
    assert f"（{old.number_text}），因附件页码有误，现予更正" in new.frozen()["text"]
    assert old.frozen()["number_text"] == old.number_text


def test_a_correction_stays_with_its_subject(bureau):
    old = issue(bureau)
    with pytest.raises(BadCorrection):
        issue(bureau, corrects=old, correction_reason="有误", subject_ref="case:2")


def test_papers_are_never_deleted(bureau):
    paper = issue(bureau)
    with pytest.raises(NeverDeleted):
        paper.delete()
    with pytest.raises(NeverDeleted):
        Paper.objects.all().delete()


def test_a_paper_knows_no_floor_above():
    for field in Paper._meta.get_fields():
        if field.is_relation and field.concrete:
            assert field.related_model._meta.app_label in ("office", "letters")


@pytest.mark.databases
def test_many_hands_draw_without_gap_or_double(own_keys, transactional_db):
    bureau = make_bureau()
    keys.data_key("case:1")
    drawn, failed = [], []

    def work() -> None:
        try:
            for _ in range(5):
                with transaction.atomic():
                    drawn.append(draw_number(bureau, "依复", 2026))
        except DatabaseError as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(drawn) == list(range(1, 21))
