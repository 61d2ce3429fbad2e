"""Addresses of the applicant's door; none of them carries anything personal."""

from django.urls import path

from intake.portal.views import apply, asked, case, figures, filed, follow, home, verify
from office.web import views as web

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("favicon.ico", web.favicon, name="favicon"),
    path("robots.txt", web.robots, name="robots"),
    path("apply/", home.choose, name="choose"),
    path("apply/<slug:code>/", apply.apply, name="apply"),
    path("apply/<slug:code>/form.pdf", apply.form, name="form"),
    path("receipt/", apply.receipt, name="receipt"),
    path("figures/", figures.figures, name="figures"),
    path("verify/", verify.verify, name="verify"),
    path(
        "verify/<slug:office>/<slug:kind>/<int:year>/<int:number>/<slug:code>/",
        verify.verify_place,
        name="verify_place",
    ),
    path("follow/", follow.follow, name="follow"),
    path("follow/leave/", follow.leave, name="leave"),
    path("follow/case/", case.case, name="case"),
    path("follow/case/supplement/", asked.supplement, name="supplement"),
    path("follow/case/reasons/", asked.reasons, name="reasons"),
    path("follow/case/fee/", asked.fee, name="fee"),
    path("follow/case/filed/<int:link_id>/", filed.filed, name="filed"),
    path("follow/case/withdraw/", case.withdraw, name="withdraw"),
    path("follow/case/papers/<int:paper_id>/", case.paper, name="paper"),
    path("follow/case/documents/<int:copy_id>/", case.disclosed, name="document"),
    path("follow/case/documents/<int:copy_id>/<slug:part>/", case.disclosed, name="document_table"),
]
