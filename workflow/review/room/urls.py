"""Addresses of the room."""

from django.urls import path

from workflow.review.room import copies, files, layers, views

app_name = "room"
urlpatterns = [
    path("<int:case_id>/", views.documents, name="documents"),
    path("<int:case_id>/<int:version_id>/", views.room, name="room"),
    path("<int:case_id>/<int:version_id>/layers/<int:number>/", layers.layers, name="layers"),
    path("<int:case_id>/<int:version_id>/page/<int:number>-<int:dpi>.png", files.page_picture, name="picture"),
    path("<int:case_id>/<int:version_id>/copy/<int:copy_id>/", copies.copy, name="copy"),
    path("<int:case_id>/<int:version_id>/copy/<int:copy_id>/compare/<int:number>/", copies.compare, name="compare"),
    path("<int:case_id>/<int:version_id>/copy/<int:copy_id>/page/<int:number>.png", files.copy_picture, name="copy_picture"),
    path("<int:case_id>/<int:version_id>/copy/<int:copy_id>/copy.pdf", files.copy_pdf, name="copy_pdf"),
    path("<int:case_id>/<int:version_id>/copy/<int:copy_id>/table/<slug:part>/", files.copy_table, name="copy_table"),
    path("<int:case_id>/<int:version_id>/copy/<int:copy_id>/certificate.json", files.certificate, name="certificate"),
]  # fmt: skip
