"""Files: known by content, kept by hash, sealed, swept only when nothing points to them."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from office import files
from office.files import kinds, store
from office.models import StoredFile
from tests.workflow import factories
from workflow.actions import enter_signed_sheet
from workflow.models import ApprovalSheet
from workflow.requests import FileData

from .conftest import NOW

LATER = NOW + timedelta(days=400)


def image(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, form)
    return out.getvalue()


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("--", "."), text)
    return out.getvalue()


def pdf() -> bytes:
    out = io.BytesIO()
    page = Canvas(out)
    page.drawString(9, 9, "x")
    page.save()
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


TYPES = {"[Content_Types].xml": "<Types/>"}
GOOD = {
    "pdf": pdf(),
    "jpg": image("JPEG"),
    "png": image("PNG"),
    "tiff": image("TIFF"),
    "xlsx": xlsx(),
    "docx": packed(**TYPES, **{"word/document.xml": "<w/>"}),
    "pptx": packed(**TYPES, **{"ppt/presentation.xml": "<p/>"}),
    "odt": packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<o/>"}),
    "txt": "申请人：王䶮\n".encode(),
}


def put(county, content: bytes = GOOD["txt"], name="申请书.txt", **more):
    return files.put(**{"office": county.land, "content": content, "name": name, "now": NOW} | more)


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_is_known_by_its_content(name):
    assert files.sniff(GOOD[name]).name == name


def test_chinese_text_of_either_encoding_is_text():
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert files.sniff("申请公开〔2026〕12号\r\n".encode(encoding)) is kinds.TXT


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "file_kind"),
        (b"<html><script>alert(1)</script>", "file_kind"),
        (b" <?xml version='1.0'?><svg/>", "file_kind"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "file_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_office_file"),
        (GOOD["pdf"][:-40], "file_cut"),
        (GOOD["png"][:-20], "file_cut"),
        (GOOD["docx"][:-30], "file_cut"),
        (packed(**{"a.exe": "MZ"}), "file_kind"),
        (packed(**TYPES, **{"word/document.xml": "", "word/vbaProject.bin": ""}), "file_macro"),
        (packed(mimetype="application/epub+zip"), "file_kind"),
        (b"x" * (2 * 1024 * 1024 + 1), "file_too_large"),
    ],
)
def test_what_is_not_taken_is_refused_in_chinese_with_its_name(county, content, code):
    with pytest.raises(files.BadFile, match="说明") as refused:
        put(county, content, name="说明.pdf")
    assert refused.value.code == code
    assert refused.value.message.endswith("。")
    assert StoredFile.objects.count() == 0


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(kinds, "MAX_UNPACKED", 10)
    with pytest.raises(files.BadFile, match="过大"):
        files.sniff(GOOD["xlsx"])


def test_only_what_is_allowed_here_is_taken(county):
    with pytest.raises(files.BadFile, match="JPG"):
        put(county, allow=files.IMAGES)
    assert put(county, GOOD["png"], allow=files.IMAGES).content_type == "image/png"


@given(st.binary(max_size=200))
def test_nothing_crashes_the_sniffer(content):
    for head in (b"", b"PK\x03\x04", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"):
        try:
            found = files.sniff(head + content)
        except files.BadFile:
            continue
        assert found is None or found in files.ALL


@pytest.mark.parametrize("sealed", [True, False])
def test_a_file_comes_back_and_lies_under_its_hash(county, places, settings, sealed):
    settings.FILES_ENCRYPTED = sealed
    stored = put(county)
    digest = hashlib.sha256(GOOD["txt"]).hexdigest()
    path = places.files / str(county.land.pk) / digest[:2] / digest[2:4] / digest
    assert (stored.sha256, stored.size, stored.content_type) == (digest, len(GOOD["txt"]), "text/plain")
    assert (GOOD["txt"] == path.read_bytes()) is not sealed
    assert (stored.key_version > 0) is sealed
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert files.read(stored) == GOOD["txt"]
    assert [p for p in path.parent.iterdir() if p != path] == []


def test_the_same_content_is_kept_once_for_each_office(county):
    first, again = put(county), put(county, name="又一份.txt")
    other = put(county, office=county.town)
    assert first == again
    assert other != first
    assert store.path_of(other.office_id, other.sha256) != store.path_of(first.office_id, first.sha256)


def test_a_damaged_or_missing_file_is_never_handed_out(county, settings):
    for sealed in (True, False):
        settings.FILES_ENCRYPTED = sealed
        stored = put(county, f"内容{sealed}".encode())
        path = store.path_of(stored.office_id, stored.sha256)
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(bytes(content))
        with pytest.raises((files.FileDamaged, ValueError)):
            files.read(stored)
        path.unlink()
        with pytest.raises(files.FileDamaged, match="不在"):
            files.read(stored)
        put(county, f"内容{sealed}".encode())
        assert files.read(stored)


def test_a_file_sealed_for_another_hash_does_not_open(county):
    one, two = put(county, b"one"), put(county, b"two")
    store.path_of(one.office_id, one.sha256).write_bytes(
        store.path_of(two.office_id, two.sha256).read_bytes()
    )
    with pytest.raises(ValueError, match="密文"):
        files.read(one)


def test_a_crash_while_writing_leaves_no_file_under_the_name(county, monkeypatch):
    def dies(*args):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", dies)
    with pytest.raises(OSError, match="disk full"):
        put(county)
    assert [p for p in store.root().rglob("*") if p.is_file() and p.name != ".lock"] == []


def test_the_sweep_takes_only_what_nothing_points_to(db, capsys):
    town = factories.make_town()
    factories.registered(town, files=(FileData("证明.txt", "身份证明".encode()),))
    sheet = enter_sheet(town)
    loose = files.put(office=town.office, content=b"loose", name="a.txt", now=factories.at(factories.DAY))
    held = set(StoredFile.objects.exclude(pk=loose.pk))
    assert (len(held), sheet.scan in held) == (2, True)
    later = factories.at(factories.DAY) + timedelta(hours=25)
    assert files.sweep(later - timedelta(hours=2)).rows == 0
    swept = files.sweep(later)
    assert (swept.rows, swept.strays) == (1, 0)
    assert swept.bytes > 0
    assert not store.path_of(loose.office_id, loose.sha256).exists()
    assert all(files.read(stored) for stored in held)
    assert set(StoredFile.objects.all()) == held
    call_command("sweepfiles")
    assert "已清理 0 个" in capsys.readouterr().out


def enter_sheet(town: factories.Town) -> ApprovalSheet:
    """Enter a scanned sheet: its row points to a file that knows no way back."""
    case, day = factories.signing(town), factories.DAY
    enter_signed_sheet.enter_signed_sheet(
        case_id=case.pk,
        by=town.intake,
        on=day,
        now=factories.at(day),
        signer_id=town.signatory.pk,
        signed_on=day,
        scan=FileData("呈批单.pdf", pdf()),
    )
    return ApprovalSheet.objects.get(case=case)


def test_a_file_put_again_is_fresh_again(county):
    stored = put(county)
    put(county, now=NOW + timedelta(days=9))
    assert files.sweep(NOW + timedelta(days=9, hours=1)).rows == 0
    assert files.read(stored)


def test_strays_of_broken_transactions_are_swept(county):
    stored = put(county)
    path = store.path_of(stored.office_id, stored.sha256)
    stray = path.with_name(path.name[:4] + "0" * 60)
    stray.write_bytes(b"x")
    (path.parent / ".put-dead").write_bytes(b"y")
    assert files.sweep(NOW - timedelta(days=9)).strays == 0
    for each in (stray, path.parent / ".put-dead", path):
        os.utime(each, (0, 0))
    assert files.sweep(NOW).strays == 2
    assert path.exists()


def test_the_sweep_leaves_what_this_store_never_wrote(county, places):
    path = store.path_of(county.land.pk, put(county).sha256)
    elsewhere = places.root / "elsewhere"
    (elsewhere / "aa" / "bb").mkdir(parents=True)
    foreign = [
        path.parent / "notes.txt",
        path.parent / ("f" * 64),  # not in the folder of its hash
        elsewhere / "aa" / "bb" / ("aabb" + "0" * 60),
    ]
    (places.files / "link").symlink_to(elsewhere)
    for each in foreign:
        each.write_bytes(b"x")
        os.utime(each, (0, 0))
    assert files.sweep(NOW).strays == 0
    assert all(each.exists() for each in foreign)


def test_the_sweep_waits_for_nobody_while_it_holds_a_row(county):
    loose, later = put(county), NOW + timedelta(days=2)
    path = store.path_of(loose.office_id, loose.sha256)
    stray = path.with_name(path.name[:4] + "0" * 60)
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    with store.shared():  # as a backup does
        assert files.sweep(later) == files.Swept(0, 0, 0)
        assert files.read(loose)
        assert stray.exists()
    swept = files.sweep(later)
    assert (swept.rows, swept.strays) == (1, 1)
    assert not path.exists()


def test_files_and_folders_are_private(county, places):
    path = store.path_of(county.land.pk, put(county).sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.files.stat().st_mode) == 0o700, "the top one closes what lies below"


def test_a_sweep_of_many_files_asks_the_database_seldom(county, django_assert_max_num_queries):
    for n in range(30):
        path = store.path_of(county.land.pk, put(county, f"file {n}".encode()).sha256)
        os.utime(path, (0, 0))
    with django_assert_max_num_queries(3):
        assert files.sweep(NOW) == files.Swept(0, 0, 0)
