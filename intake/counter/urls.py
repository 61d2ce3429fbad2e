"""Addresses of the counter."""

from django.urls import path

from intake.counter import views

app_name = "counter"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("register/", views.register, name="register"),
    path("similar/", views.similar, name="similar"),
    path("done/", views.done, name="done"),
    path("<int:case_id>/", views.arrival, name="arrival"),
    path("<int:case_id>/receipt.pdf", views.receipt, name="receipt"),
]
