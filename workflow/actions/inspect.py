"""Draw cases by lot, check each by the list, write the result (抽查)."""

from __future__ import annotations

import datetime as dt
import re
import uuid

from office.models import Office, User
from workflow import file_check
from workflow.beside.step import Doing, make, take
from workflow.drawing_lots import draw
from workflow.errors import BadRequest
from workflow.models import Case, Inspection, InspectionSheet
from workflow.supervising import below, seat

#: A sample is read by people; what is drawn from stays small enough to be kept with it.
MOST_DRAWN, MOST_POPULATION = 100, 50_000
#: Words that may stand in the journal: no run of digits as long as a telephone or an identity number.
SEED = re.compile(r"(?!.*\d{9})[\w\-—.·〔〕年月日 ]{1,64}")


def draw_inspection(
    *, office_id: int, by: User, on: dt.date, now: dt.datetime, title: str, first_on: dt.date, last_on: dt.date, size: int,
    seed: str, about_id: int | None = None, act_id: uuid.UUID | None = None,
) -> Inspection:  # fmt: skip
    """Draw cases from those replied in a span of days in the offices below, and go through the list for each.

    The seed and what was drawn from are kept: the same cases can be drawn again.

    :param size: how many cases to draw
    :param about_id: one office below; None for all of them together
    Raises BadRequest naming the field.
    """
    office = seat(office_id, by, on=on)
    if not title.strip():
        raise BadRequest("no_title", "请写明抽查的名称", field="title")
    if not SEED.fullmatch(seed.strip()):
        raise BadRequest(
            "bad_seed", "请写明随机种子：1至64个汉字、字母、数字，不用电话、证件号码", field="seed"
        )
    if not first_on <= last_on <= on:
        raise BadRequest("bad_day", "答复日的起止日期应先后相接，且不晚于今天", field="last_on")
    if not 1 <= size <= MOST_DRAWN:
        raise BadRequest("bad_size", f"抽取件数应为1至{MOST_DRAWN}件", field="size")
    about = below(office, about_id) if about_id else None
    population = _population(office, about, first_on, last_on)

    def build(doing: Doing) -> Inspection:
        row = Inspection.objects.create(
            office=office, title=title.strip()[:120], about=about, first_on=first_on, last_on=last_on, seed=seed.strip(),
            size=size, population=population, drawn_by=by, drawn_on=on, created_at=now,
        )  # fmt: skip
        drawn = draw(population, seed=row.seed, size=size)
        cases = Case.objects.select_related("office").in_bulk(drawn)
        for seq, pk in enumerate(drawn, start=1):
            found = file_check.check(cases[pk])
            InspectionSheet.objects.create(
                inspection=row, seq=seq, case_id=pk, paper_sha256=found.paper_sha256,
                findings=[list(one) for one in found.findings], missing=list(found.missing),
            )  # fmt: skip
        doing.note.update(seed=row.seed, population=len(population), size=len(drawn))
        return row

    made: Inspection = make("draw_inspection", office, build, by=by, on=on, now=now, act_id=act_id)
    return made


def check_sheet(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, seq: int, result: str, remarks: str = "",
    act_id: uuid.UUID | None = None,
) -> Inspection:  # fmt: skip
    """Enter what the inspector found on one case drawn; a fault is said in words.

    :param result: a value of ``InspectionSheet.Result`` other than open
    """
    if result not in InspectionSheet.Result.values or not result:
        raise BadRequest("no_result", "请选择检查结果", field="result")
    if result != InspectionSheet.Result.GOOD and not remarks.strip():
        raise BadRequest("no_remarks", "有瑕疵、不合格的，请写明检查意见", field="remarks")

    def effect(row: Inspection, doing: Doing) -> None:
        sheet = InspectionSheet.objects.filter(inspection=row, seq=seq).first()
        if sheet is None:
            raise BadRequest("no_sheet", "没有抽到这一件，请从清单中选择", field="seq")
        sheet.result, sheet.remarks, sheet.checked_by, sheet.checked_on = result, remarks.strip(), by, on
        sheet.save(update_fields=["result", "remarks", "checked_by", "checked_on"])
        doing.note.update(seq=seq, result=sheet.get_result_display())

    done: Inspection = take(
        "check_sheet", Inspection, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )
    return done


def close_inspection(
    *, record_id: int, by: User, on: dt.date, now: dt.datetime, summary: str, act_id: uuid.UUID | None = None
) -> Inspection:
    """End an inspection once every case drawn has a result."""
    if not summary.strip():
        raise BadRequest("no_summary", "请写明抽查的小结", field="summary")

    def effect(row: Inspection, doing: Doing) -> None:
        if left := InspectionSheet.objects.filter(inspection=row, result="").count():
            raise BadRequest("unchecked", f"还有{left}件没有填写结果单，请填写后再完成抽查", field="summary")
        row.summary, row.closed_by, row.closed_on = summary.strip(), by, on
        row.close()

    done: Inspection = take(
        "close_inspection", Inspection, record_id, effect, by=by, on=on, now=now, act_id=act_id
    )
    return done


def _population(office: Office, about: Office | None, first_on: dt.date, last_on: dt.date) -> list[int]:
    offices = [about.pk] if about else list(office.descendants().values_list("pk", flat=True))
    cases = Case.objects.filter(office_id__in=offices, replied_on__range=(first_on, last_on))
    found = list(cases.order_by("pk").values_list("pk", flat=True)[: MOST_POPULATION + 1])
    if not found:
        raise BadRequest("nothing", "这段时间里没有已经答复的案件，请换一段时间", field="first_on")
    if len(found) > MOST_POPULATION:
        raise BadRequest(
            "too_many", f"这段时间里已经答复的超过{MOST_POPULATION}件，请缩短期间", field="first_on"
        )
    return found
