"""The electronic seal: which picture is taken in, and where it lies on the letter."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from django.core.management import CommandError, call_command
from PIL import Image, ImageDraw

import letters
from letters.errors import CannotTypeset
from letters.models import SealImage
from letters.render_paper import pdf
from letters.seal_entry import confirm, enter, refuse
from letters.seal_image import BadSealImage, check_image, stamp_of
from letters.specimen import specimen
from letters.typeset.model import Stamp
from office.errors import Refusal
from office.models import JournalEntry, Office, Post, User
from office.today import day_of
from tests.letters import samples
from tests.letters.conftest import DAY, NOW, Signer
from tests.letters.measure import MM, chars, plain
from tests.letters.papers import composed
from tests.letters.pdfa import faults

RED = (216, 24, 24, 230)


@cache
def seal_png(size: tuple[int, int] = (600, 600), ink: tuple[int, int, int, int] = RED, ground: tuple[int, ...] = (0, 0, 0, 0)) -> bytes:  # fmt: skip
    """Draw a round seal."""
    picture = Image.new("RGBA", size, ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((2, 2, size[0] - 3, size[1] - 3), outline=ink, width=24)
    pen.rectangle((size[0] // 2 - 40, size[1] // 2 - 40, size[0] // 2 + 40, size[1] // 2 + 40), fill=ink)
    return _png(picture)


def _png(picture: Image.Image, kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    picture.save(held, kind)
    return held.getvalue()


def stamp() -> Stamp:
    return Stamp(seal_png(), 42 / MM, "机关印章")


def sealed(name: str = "reply_refuse") -> bytes:
    made = composed(name)
    return pdf(
        made.blocks,
        form=made.form,
        title=made.title,
        author="清源县自然资源局",
        on=samples.ON,
        draft=False,
        stamp=stamp(),
    )


def test_a_red_seal_on_clear_ground_is_taken():
    check_image(seal_png())
    check_image(seal_png((600, 420)))


@pytest.mark.parametrize("content, why", [
    (b"", "PNG"), (b"<svg/>", "PNG"), (seal_png()[:400], "PNG"), (_png(Image.new("RGB", (600, 600), "red"), "JPEG"), "PNG"),
    (seal_png((200, 200)), "像素"), (seal_png((1200, 400)), "宽高"), (seal_png(ground=(255, 255, 255, 255)), "透明"),
    (seal_png(ink=(20, 20, 200, 255)), "红色"), (_png(Image.new("RGBA", (600, 600))), "空白"),
])  # fmt: skip
def test_another_picture_is_refused_with_what_to_do(content: bytes, why: str):
    with pytest.raises(BadSealImage, match=why):
        check_image(content)


@pytest.mark.parametrize("name", ["reply_refuse", "reply_mixed"])
def test_the_seal_lies_on_signature_and_date_by_the_standard(name: str):
    made = sealed(name)
    found = chars(made)
    text = "".join(char.char for char in found)
    at = text.rindex("2026年11月20日")
    day = found[at : at + len("2026年11月20日")]
    with pdfium.PdfDocument(made) as document:
        picture = document[day[0].page].render(scale=200 / 72).to_pil().convert("RGB")
    dots, dot = picture.tobytes(), 25.4 / 200
    red = [
        n // 3 for n in range(0, len(dots), 3) if dots[n] > 150 and dots[n + 1] < 120 and dots[n + 2] < 120
    ]
    if day[0].page == 0:
        red = [n for n in red if 60 < n // picture.width * dot < 270]
    across, down = [n % picture.width * dot for n in red], [n // picture.width * dot for n in red]
    assert max(across) - min(across) == pytest.approx(42, abs=0.5)
    assert max(down) - min(down) == pytest.approx(42, abs=0.5)
    cell = 156 / 28
    middle = (day[0].x + day[-1].x + cell) / 2
    assert (min(across) + max(across)) / 2 == pytest.approx(middle, abs=0.5)  # 居中
    assert min(down) < day[0].base - 2 * cell  # 下压署名
    assert max(down) > day[0].base  # 下压成文日期
    above = [
        char
        for char in found
        if char.page == day[0].page and char.base < day[0].base - 12 and 5 < char.size < 6
    ]
    assert 0 < min(down) - max(char.base for char in above) - 0.12 * cell < 225 / 22  # 顶端距正文一行之内
    assert (min(down) + max(down)) / 2 < day[0].base - 0.88 * cell - (
        225 / 22 - cell
    ) / 2  # 署名和日期居中心偏下


def test_a_sealed_letter_says_the_same_and_may_be_archived():
    assert plain(sealed()) == "".join(composed("reply_refuse").text.split())
    assert faults(sealed()) == []
    assert sealed() == sealed()


def test_a_paper_that_nobody_signs_cannot_be_sealed():
    with pytest.raises(CannotTypeset, match="不能加盖"):
        sealed("approval_sheet")


@pytest.fixture
def keeper(bureau) -> User:
    user = User.objects.create(username="keeper", name="孙宁")
    Post.objects.create(user=user, office=bureau, role="admin", from_on=date(2020, 1, 1))
    return user


@pytest.fixture
def second(bureau) -> User:
    user = User.objects.create(username="second", name="周洋")
    Post.objects.create(user=user, office=bureau, role="admin", from_on=date(2020, 1, 1))
    return user


def keep(*, by: User, now: datetime, **picture) -> SealImage:
    """Enter the picture of a seal, and have another administrator put it in use."""
    row = enter(**picture, by=by, on=day_of(now), now=now)
    other = User.objects.exclude(pk=by.pk).filter(posts__role="admin").first() or _another(by, row.office)
    return confirm(image_id=row.pk, by=other, on=min(day_of(now), picture["from_on"]), now=now)


def _another(by: User, office: Office) -> User:
    user = User.objects.create(username=f"second-{office.pk}", name="周洋")
    Post.objects.create(user=user, office=office, role="admin", from_on=date(2020, 1, 1))
    return user


def test_each_letter_gets_the_seal_of_its_day(bureau, keeper, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    keep(office=bureau, kind="office", content=seal_png(), from_on=DAY, by=keeper, now=NOW)
    keep(
        office=bureau,
        kind="office",
        content=seal_png((500, 500)),
        from_on=DAY + timedelta(30),
        by=keeper,
        now=NOW,
    )
    keep(
        office=bureau,
        kind="disclosure",
        content=seal_png((600, 420)),
        from_on=DAY,
        by=keeper,
        now=NOW,
        width_mm=45,
    )
    assert stamp_of(bureau, "office", DAY - timedelta(1)) is None
    assert stamp_of(bureau, "office", DAY).content == seal_png()
    assert stamp_of(bureau, "office", DAY + timedelta(31)).content == seal_png((500, 500))
    special = stamp_of(bureau, "disclosure", DAY)
    assert (special.words, round(special.width * MM)) == ("政府信息公开专用章", 45)
    paper = letters.seal(kind="reply_refuse", facts=samples.facts("reply_refuse"), office=bureau, subject_ref="case:1",
                         by=Signer(), on=DAY, now=NOW)  # fmt: skip
    assert letters.render(paper, stamp=special) != letters.render(paper)
    assert letters.render(paper, stamp=special) == letters.render(paper, stamp=special)


def test_only_an_administrator_takes_in_a_seal(bureau, keeper, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    other = User.objects.create(username="other", name="李敏")
    Post.objects.create(user=other, office=bureau, role="handler", from_on=date(2020, 1, 1))
    with pytest.raises(Refusal) as caught:
        enter(office=bureau, kind="office", content=seal_png(), from_on=DAY, by=other, on=DAY, now=NOW)
    assert caught.value.code == "not_your_role"
    for wrong in ({"kind": "personal"}, {"width_mm": 5}, {"content": b"x"}):
        with pytest.raises(Refusal):
            enter(
                **(
                    {
                        "on": DAY,
                        "office": bureau,
                        "kind": "office",
                        "content": seal_png(),
                        "from_on": DAY,
                        "by": keeper,
                        "now": NOW,
                    }
                    | wrong
                )
            )
    assert SealImage.objects.count() == 0


def test_the_command_takes_in_a_seal_or_says_why_not(bureau, keeper, second, settings, tmp_path: Path):
    settings.FILES_DIR = tmp_path / "files"
    source = tmp_path / "seal.png"
    source.write_bytes(seal_png())
    line = [
        "sealimage",
        "--office",
        "zrzy",
        "--kind",
        "office",
        "--by",
        "keeper",
        "--from",
        "2026-11-01",
        "--file",
        str(source),
    ]
    told = io.StringIO()
    call_command(*line, stdout=told)
    row = SealImage.objects.get()
    assert (row.from_on, row.waits) == (date(2026, 11, 1), True)
    assert f"--confirm {row.pk}" in told.getvalue()
    with pytest.raises(CommandError, match="录入人以外"):
        call_command("sealimage", "--confirm", str(row.pk), "--by", "keeper")
    call_command("sealimage", "--confirm", str(row.pk), "--by", "second", stdout=told)
    assert SealImage.objects.get().confirmed_by == second
    source.write_bytes(b"GIF89a")
    with pytest.raises(CommandError, match="PNG"):
        call_command(*line)
    with pytest.raises(CommandError, match="机关编码"):
        call_command(*line[:2], "nowhere", *line[3:])
    with pytest.raises(CommandError, match="--kind"):
        call_command("sealimage", "--office", "zrzy", "--file", str(source), "--by", "keeper")


def test_no_letter_bears_a_picture_that_only_one_person_has_seen(bureau, keeper, second, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    given = {"office": bureau, "kind": "office", "content": seal_png(), "on": DAY, "now": NOW}
    row = enter(**given, from_on=DAY - timedelta(9), by=keeper)
    assert stamp_of(bureau, "office", DAY) is None
    with pytest.raises(Refusal) as caught:
        enter(**given, from_on=DAY, by=second)
    assert caught.value.code == "one_waits"
    with pytest.raises(Refusal) as caught:
        confirm(image_id=row.pk, by=keeper, on=DAY, now=NOW)
    assert caught.value.code == "same_person"
    refuse(image_id=row.pk, by=second, on=DAY, now=NOW)
    with pytest.raises(Refusal) as caught:
        confirm(image_id=row.pk, by=second, on=DAY, now=NOW)
    assert caught.value.code == "already_decided"
    assert stamp_of(bureau, "office", DAY) is None
    again = enter(**given, from_on=DAY - timedelta(9), by=keeper)
    confirm(image_id=again.pk, by=second, on=DAY, now=NOW)
    assert SealImage.objects.get(pk=again.pk).from_on == DAY  # not the day already past
    assert stamp_of(bureau, "office", DAY).content == seal_png()
    assert stamp_of(bureau, "office", DAY - timedelta(1)) is None
    keys = list(JournalEntry.objects.filter(subject=bureau.ref).order_by("seq").values_list("key", flat=True))
    assert keys == ["seal_image.entered", "seal_image.refused", "seal_image.entered", "seal_image.confirmed"]


def test_a_specimen_bears_the_seal_and_cannot_be_taken_for_a_letter(bureau):
    shown = specimen(bureau, on=DAY, stamp=stamp())
    assert shown != specimen(bureau, on=DAY)
    assert {"草", "稿"} <= set(plain(shown)) - set(composed("reply_disclose").text)
    assert "联系部门：局办公室，联系电话：0415-3126677" in plain(shown)
    assert faults(shown) == []
