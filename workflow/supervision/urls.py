"""Addresses of the supervisor's board."""

from django.urls import path

from workflow.supervision import annual_views as annual
from workflow.supervision import beside_views as records
from workflow.supervision import measures_views, views
from workflow.supervision import statistics_views as sheets
from workflow.supervision import urge_views as urging

app_name = "board"
REPORT = "annual/<int:office_id>/<int:year>/<str:scope>"
SHEET = "statistics/<int:office_id>/<str:scope>/<str:period>"
urlpatterns = [
    path("", views.home, name="home"),
    path("list/", views.case_list, name="list"),
    path("statistics/", sheets.home, name="statistics"),
    path(f"{SHEET}/", sheets.sheet, name="statistics_sheet"),
    path(f"{SHEET}/cases/", sheets.cases, name="statistics_cases"),
    path(f"{SHEET}/file.<str:form>", sheets.file, name="statistics_file"),
    path(f"{SHEET}/<str:name>/", sheets.step, name="statistics_step"),
    path("statistics/measures/", measures_views.measures_page, name="measures"),
    path("list.csv", views.export, {"form": "csv"}, name="export"),
    path("list.xlsx", views.export, {"form": "xlsx"}, name="export_book"),
    path("view/<str:name>/", views.view, name="view"),
    path("view/<str:name>.svg", views.picture, name="picture"),
    path("view/<str:name>.xlsx", views.workbook, name="workbook"),
    path("urges/", urging.urges, name="urges"),
    path("urges.xlsx", urging.urges_file, name="urges_file"),
    path("inspection/<int:record_id>/", records.inspection, name="inspection"),
    path("inspection/<int:record_id>/result.xlsx", records.inspection_file, name="inspection_file"),
    path("inspection/<int:record_id>/<int:seq>/", records.sheet, name="inspection_sheet"),
    path("bulletin/<int:record_id>/", records.bulletin, name="bulletin"),
    path("bulletin/<int:record_id>/bulletin.docx", records.bulletin_file, name="bulletin_file"),
    path("annual/", annual.home, name="annual"),
    path(f"{REPORT}/", annual.report, name="annual_report"),
    path(f"{REPORT}/cases/", annual.cases, name="annual_cases"),
    path(f"{REPORT}/fill/", annual.fill, name="annual_fill"),
    path(f"{REPORT}/file.<str:form>", annual.file, name="annual_file"),
    path(f"{REPORT}/<str:name>/", annual.step, name="annual_step"),
]
