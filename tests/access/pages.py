"""Every address of the system, and what stands behind it: a case, a list, or nothing of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from office.models import Office
from workflow.machine import ACTS
from workflow.models import Case, HoldingVersion
from workflow.selectors.papers import papers_of

#: Pages about one case; the table has a line for every state of it.
OF_A_CASE = frozenset({
    "counter:arrival", "counter:receipt", "desk:case", "desk:trail", "desk:contact", "desk:similar", "desk:bundle", "desk:act", "desk:paper", "desk:draft",
    "desk:draft_page", "desk:working_copy", "desk:sheet", "desk:print", "desk:print_of", "desk:file", "desk:ledger", "desk:ledger_sheet",
    "desk:holding", "desk:holding_sheet", "desk:holding_picture", "desk:holding_values", "desk:holding_original", "desk:holding_mosaic", "portal:case", "portal:supplement", "portal:reasons", "portal:fee", "portal:filed",
    "portal:withdraw", "portal:paper", "portal:document", "portal:document_table",
    "room:documents", "room:room", "room:layers", "room:picture", "room:copy", "room:compare", "room:copy_picture", "room:copy_pdf", "room:certificate", "room:copy_table",
})  # fmt: skip
#: Pages that show cases in number, or none; what they may name is tested beside the table.
LISTS = frozenset({
    "desk:remedies", "desk:home", "desk:unit", "desk:watch", "desk:search", "board:home", "board:view", "board:picture", "board:workbook", "board:list", "board:export", "board:export_book", "board:annual", "board:statistics", "board:statistics_sheet", "board:statistics_cases", "board:statistics_file", "board:measures", "board:urges", "board:urges_file", "board:annual_report", "board:annual_cases", "board:annual_file", "counter:waiting",
    "desk:bulks", "desk:bulk_begin", "desk:letters", "desk:numbers", "desk:seals", "desk:seal_register",
    "desk:posting", "desk:posting_signed", "desk:posting_list", "desk:posting_counter",
})  # fmt: skip
#: Pages about no case.
PLAIN = frozenset({
    "portal:home", "portal:figures", "portal:favicon", "portal:robots", "portal:choose", "portal:apply", "portal:form", "portal:receipt", "portal:follow",
    "portal:verify", "portal:verify_place", "portal:leave", "counter:register", "counter:similar", "counter:done", "login", "logout", "password_change",
    "password_change_done", "admin_room:home", "admin_room:years", "admin_room:enter", "admin_room:enter_region",
    "admin_room:notice", "admin_room:parameters", "admin_room:propose", "admin_room:change",
    "admin_room:practices", "admin_room:practice", "admin_room:practice_change", "desk:beside", "desk:beside_begin",
    "desk:beside_record", "desk:beside_paper", "desk:beside_step",
    "desk:letter", "desk:letter_sign", "desk:letter_paper", "admin_room:flow", "desk:bulk", "desk:leave", "desk:end_leave", "desk:leaver",
    "desk:number_reserve", "desk:number_step", "desk:seal_paper", "desk:seal_uses", "desk:seal_register_sheet",
    "admin_room:wordings", "admin_room:wording", "admin_room:wording_edit", "admin_room:wording_restore",
    "admin_room:wording_change", "admin_room:wording_sample", "admin_room:office", "admin_room:office_sample",
    "admin_room:seals", "admin_room:seal_image", "admin_room:seal_picture", "admin_room:seal_sample",
    "board:annual_fill", "board:annual_step", "board:statistics_step",
    "board:inspection", "board:inspection_file", "board:inspection_sheet", "board:bulletin", "board:bulletin_file", "desk:subscription", "desk:calendar",
})  # fmt: skip
#: What stands in the address of a page about no case; a notice or a change that is not there.
NAMED: dict[str, list[object]] = {
    "board:view": ["late"], "board:picture": ["board"], "board:workbook": ["board"],
    "portal:verify_place": ["zrzy", "reply_refuse", 2026, 1, "AAAAABBBBB"],
    "admin_room:notice": [990_000_000], "admin_room:propose": ["rereply.days"], "admin_room:change": [990_000_000],
    "admin_room:practice": ["review.second_person"], "admin_room:practice_change": [990_000_000],
    "desk:beside": ["correction"], "desk:beside_begin": ["correction"], "desk:beside_record": ["correction", 990_000_000],
    "desk:beside_paper": ["correction", 990_000_000], "desk:beside_step": ["correction", 990_000_000, "examine_correction"],
    "desk:bulk_begin": ["extend"], "desk:bulk": [990_000_000], "desk:end_leave": [990_000_000],
    "desk:letter": [990_000_000], "desk:letter_sign": [990_000_000], "desk:letter_paper": [990_000_000], "desk:number_step": [990_000_000, "use_number"], "desk:seal_paper": [990_000_000], "desk:seal_uses": [990_000_000],
    "admin_room:wording": [990_000_000, "reply"], "admin_room:wording_edit": [990_000_000, "reply"],
    "admin_room:wording_restore": [990_000_000, "reply"], "admin_room:wording_change": [990_000_000],
    "admin_room:wording_sample": [990_000_000, 1], "admin_room:seal_image": [990_000_000],
    "board:inspection": [990_000_000], "board:inspection_file": [990_000_000], "board:inspection_sheet": [990_000_000, 1],
    "board:bulletin": [990_000_000], "board:bulletin_file": [990_000_000], "desk:calendar": ["x" * 43],
    "admin_room:seal_picture": [990_000_000], "admin_room:seal_sample": [990_000_000],
}  # fmt: skip
#: Addresses that take a form; every other one only shows.
TAKES_A_FORM = frozenset({
    "counter:arrival", "desk:act", "desk:bundle", "desk:holding_original", "desk:contact", "desk:print", "desk:print_of", "portal:supplement", "portal:reasons", "portal:filed", "portal:withdraw", "desk:search", "portal:apply",
    "portal:follow", "portal:verify", "portal:leave", "counter:register", "counter:similar", "login", "logout", "password_change", "admin_room:enter",
    "admin_room:enter_region", "admin_room:notice", "admin_room:propose", "admin_room:change",
    "admin_room:practice", "admin_room:practice_change", "desk:beside_begin", "desk:beside_step",
    "desk:bulk_begin", "desk:bulk", "desk:leave", "desk:end_leave", "desk:leaver", "desk:letter", "desk:letter_sign",
    "desk:posting", "desk:posting_signed", "desk:posting_list", "desk:posting_counter", "desk:seals", "desk:seal_uses", "desk:number_reserve", "desk:number_step",
    "admin_room:wording_edit", "admin_room:wording_restore", "admin_room:wording_change", "admin_room:office",
    "admin_room:seals", "admin_room:seal_image", "room:room", "room:copy", "room:compare",
    "board:annual_fill", "board:annual_step", "board:statistics_step", "board:inspection_sheet", "desk:subscription",
})  # fmt: skip
#: Pages of an office's report on a year: what stands behind the office in their address.
OF_A_REPORT: dict[str, list[object]] = {
    "board:annual_report": [2026, "own"], "board:annual_cases": [2026, "own"], "board:annual_file": [2026, "own", "json"],
    "board:annual_fill": [2026, "own"], "board:annual_step": [2025, "own", "enter"],
    "board:statistics_sheet": ["own", "2026-02"], "board:statistics_cases": ["own", "2026-02"],
    "board:statistics_file": ["own", "2026-02", "json"], "board:statistics_step": ["own", "2026-02", "file"],
}  # fmt: skip
NOBODY = 990_000_000


def names(patterns: Any = None, space: str = "") -> Iterator[str]:
    """Name every address of the URL configuration."""
    for found in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(found, URLResolver):
            yield from names(found.url_patterns, space + (f"{found.namespace}:" if found.namespace else ""))
        elif isinstance(found, URLPattern):
            yield space + (found.name or f"nameless {found.pattern}")


def of_case(case: Case) -> dict[str, str]:
    """Return the addresses of everything that belongs to a case, each paper and file by itself; its acts apart."""
    found = {name: reverse(name, args=[case.pk]) for name in ("counter:arrival", "counter:receipt")}
    found |= {
        f"desk:{name}": reverse(f"desk:{name}", args=[case.pk])
        for name in (
            "case",
            "trail",
            "contact",
            "similar",
            "bundle",
            "draft",
            "working_copy",
            "sheet",
            "ledger",
            "ledger_sheet",
        )
    }
    for sheet in ("register_sheet", "transfer_sheet", "material_list", "file_cover", "application_form"):
        found[f"desk:print {sheet}"] = reverse("desk:print", args=[case.pk, sheet])
    found["desk:draft_page"] = reverse("desk:draft_page", args=[case.pk, 1])
    found |= {
        name: reverse(name)
        for name in ("portal:case", "portal:supplement", "portal:reasons", "portal:fee", "portal:withdraw")
    }
    links = case.links.filter(kind="filed").values_list("pk", flat=True)
    found["portal:filed"] = reverse("portal:filed", args=[links.first() or NOBODY])
    found |= of_documents(case)
    for paper in papers_of(case):
        kind = "reply" if paper.kind.startswith("reply") else paper.kind
        found[f"desk:paper {kind}"] = reverse("desk:paper", args=[case.pk, paper.pk])
        found[f"desk:print_of {kind}"] = reverse(
            "desk:print_of", args=[case.pk, "proof_of_service", paper.pk]
        )
        found[f"portal:paper {kind}"] = reverse("portal:paper", args=[paper.pk])
    for row in case.attachments.all():
        found[f"desk:file {row.kind}"] = reverse("desk:file", args=[case.pk, row.pk])
    for one in case.holdings.all():
        for name in ("holding", "holding_sheet", "holding_mosaic"):
            found[f"desk:{name}"] = reverse(f"desk:{name}", args=[case.pk, one.pk])
        version = one.current.pk
        found["desk:holding_picture"] = reverse("desk:holding_picture", args=[case.pk, version, 1, 110])
        for name in ("holding_values", "holding_original"):
            found[f"desk:{name}"] = reverse(f"desk:{name}", args=[case.pk, version])
    return found


def of_documents(case: Case) -> dict[str, str]:
    """Return the addresses of the room of a case: its first document, and a copy of it."""
    version = HoldingVersion.objects.filter(holding__case=case).order_by("pk").first()
    where = [case.pk, version.pk if version else NOBODY]
    copy = version.disclosed_copies.order_by("pk").first() if version else None
    copied = [*where, copy.pk if copy else NOBODY]
    return {
        "room:documents": reverse("room:documents", args=[case.pk]), "room:room": reverse("room:room", args=where),
        "room:picture": reverse("room:picture", args=[*where, 1, 24]), "room:copy": reverse("room:copy", args=copied),
        "room:compare": reverse("room:compare", args=[*copied, 1]), "room:copy_picture": reverse("room:copy_picture", args=[*copied, 1]),
        "room:copy_pdf": reverse("room:copy_pdf", args=copied), "room:certificate": reverse("room:certificate", args=copied),
        "room:layers": reverse("room:layers", args=[*where, 1]),
        "room:copy_table": reverse("room:copy_table", args=[*copied, "xlsx"]),
        "portal:document": reverse("portal:document", args=[copied[-1]]),
        "portal:document_table": reverse("portal:document_table", args=[copied[-1], "xlsx"]),
    }  # fmt: skip


def acts_of(case_id: int) -> dict[str, str]:
    """Return the address of every act on a case that somebody with a post may do."""
    return {
        f"desk:act {name}": reverse("desk:act", args=[case_id, name])
        for name, row in ACTS.items()
        if row.by - {"applicant", "system", "consulted"}
    }


def of_no_case(code: str) -> dict[str, str]:
    """Return the addresses of the pages about no case in particular."""
    named = NAMED | {"portal:apply": [code], "portal:form": [code]}
    office = Office.objects.get(code=code)
    named |= {name: [office.pk, *more] for name, more in OF_A_REPORT.items()}
    return {name: reverse(name, args=named.get(name, [])) for name in sorted(LISTS | PLAIN)}
