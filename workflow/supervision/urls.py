"""Addresses of the supervisor's board."""

from django.urls import path

from workflow.supervision import views

app_name = "board"
urlpatterns = [
    path("", views.home, name="home"),
    path("list/", views.case_list, name="list"),
    path("list.csv", views.export, name="export"),
]
