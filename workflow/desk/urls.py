"""Addresses of the desk."""

from django.urls import path

from workflow.desk.views import act, away, beside, bulk, bundle, case, inbox, ledger, lists, numbers, papers

app_name = "desk"
urlpatterns = [
    path("", lists.home, name="home"),
    path("unit/", lists.unit, name="unit"),
    path("watch/", lists.watch, name="watch"),
    path("search/", lists.search, name="search"),
    path("bulk/", bulk.home, name="bulks"),
    path("bulk/new/<slug:kind>/", bulk.begin, name="bulk_begin"),
    path("bulk/<int:bulk_id>/", bulk.bulk, name="bulk"),
    path("leave/", away.leave, name="leave"),
    path("leave/<int:delegation_id>/end/", away.end_leave, name="end_leave"),
    path("leaver/", away.leaver, name="leaver"),
    path("case/<int:case_id>/", case.case, name="case"),
    path("case/<int:case_id>/trail/", case.trail, name="trail"),
    path("case/<int:case_id>/contact/", case.contact, name="contact"),
    path("case/<int:case_id>/bundle/", bundle.bundle, name="bundle"),
    path("case/<int:case_id>/similar/", case.similar, name="similar"),
    path("case/<int:case_id>/ledger/", ledger.ledger, name="ledger"),
    path("case/<int:case_id>/ledger.pdf", ledger.ledger_sheet, name="ledger_sheet"),
    path("case/<int:case_id>/do/<slug:name>/", act.act, name="act"),
    path("case/<int:case_id>/paper/<int:paper_id>.pdf", papers.paper, name="paper"),
    path("case/<int:case_id>/draft.pdf", papers.draft, name="draft"),
    path("case/<int:case_id>/draft.docx", papers.working_copy, name="working_copy"),
    path("case/<int:case_id>/draft/<int:number>.png", papers.draft_page, name="draft_page"),
    path("case/<int:case_id>/sheet.pdf", papers.sheet, name="sheet"),
    path("case/<int:case_id>/print/<slug:kind>.pdf", papers.print_out, name="print"),
    path("case/<int:case_id>/print/<slug:kind>/<int:about>.pdf", papers.print_out, name="print_of"),
    path("case/<int:case_id>/file/<int:attachment_id>/", papers.attachment, name="file"),
    path("letters/", inbox.letters, name="letters"),
    path("letters/<int:letter_id>/", inbox.letter, name="letter"),
    path("letters/<int:letter_id>/sign/", inbox.sign, name="letter_sign"),
    path("letters/<int:letter_id>/paper.pdf", inbox.paper, name="letter_paper"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/reserve/", numbers.reserve, name="number_reserve"),
    path("numbers/<int:number_id>/<slug:name>/", numbers.step, name="number_step"),
    path("remedies/", beside.remedies, name="remedies"),
    path("beside/<slug:kind>/", beside.listing, name="beside"),
    path("beside/<slug:kind>/new/", beside.begin, name="beside_begin"),
    path("beside/<slug:kind>/<int:record_id>/", beside.record, name="beside_record"),
    path("beside/<slug:kind>/<int:record_id>/paper.pdf", beside.paper, name="beside_paper"),
    path("beside/<slug:kind>/<int:record_id>/<slug:name>/", beside.step, name="beside_step"),
]
