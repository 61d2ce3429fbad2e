"""Addresses of the administrators' screens."""

from django.urls import path

from workflow.admin_room import views
from workflow.admin_room.house import views as house
from workflow.admin_room.practices import views as practice_views
from workflow.admin_room.wordings import views as wording_views

app_name = "admin_room"
urlpatterns = [
    path("", views.home, name="home"),
    path("years/", views.years, name="years"),
    path("years/enter/", views.enter, name="enter"),
    path("years/enter-region/", views.enter_region, name="enter_region"),
    path("years/<int:notice_id>/", views.notice, name="notice"),
    path("flow/", views.flow_map, name="flow"),
    path("parameters/", views.parameters, name="parameters"),
    path("parameters/<str:key>/", views.propose, name="propose"),
    path("changes/<int:parameter_id>/", views.change, name="change"),
    path("practices/", practice_views.practices, name="practices"),
    path("practices/changes/<int:parameter_id>/", practice_views.practice_change, name="practice_change"),
    path("practices/<str:key>/", practice_views.practice, name="practice"),
    path("office/", house.office, name="office"),
    path("office/sample.pdf", house.office_sample, name="office_sample"),
    path("seals/", house.seals, name="seals"),
    path("seals/<int:image_id>/", house.seal_image, name="seal_image"),
    path("seals/<int:image_id>/picture.png", house.seal_picture, name="seal_picture"),
    path("seals/<int:image_id>/sample.pdf", house.seal_sample, name="seal_sample"),
    path("wordings/", wording_views.wordings, name="wordings"),
    path("wordings/changes/<int:wording_id>/", wording_views.change, name="wording_change"),
    path(
        "wordings/changes/<int:wording_id>/sample/<int:number>.pdf",
        wording_views.sample,
        name="wording_sample",
    ),
    path("wordings/<int:office_id>/<str:address>/", wording_views.wording, name="wording"),
    path("wordings/<int:office_id>/<str:address>/edit/", wording_views.edit, name="wording_edit"),
    path("wordings/<int:office_id>/<str:address>/restore/", wording_views.restore, name="wording_restore"),
]
