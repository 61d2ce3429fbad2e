"""Addresses of the supervisor's board."""

from django.urls import path

from workflow.supervision import annual_views as annual
from workflow.supervision import views

app_name = "board"
REPORT = "annual/<int:office_id>/<int:year>/<str:scope>"
urlpatterns = [
    path("", views.home, name="home"),
    path("list/", views.case_list, name="list"),
    path("list.csv", views.export, name="export"),
    path("annual/", annual.home, name="annual"),
    path(f"{REPORT}/", annual.report, name="annual_report"),
    path(f"{REPORT}/cases/", annual.cases, name="annual_cases"),
    path(f"{REPORT}/fill/", annual.fill, name="annual_fill"),
    path(f"{REPORT}/file.<str:form>", annual.file, name="annual_file"),
    path(f"{REPORT}/<str:name>/", annual.step, name="annual_step"),
]
