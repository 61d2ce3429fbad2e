"""Every address of the system; each floor brings its own."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
for prefix, module in (
    ("", "intake.portal.urls"),
    ("counter/", "intake.counter.urls"),
    ("account/", "office.web.urls"),
    ("desk/", "workflow.desk.urls"),
    ("room/", "workflow.review.room.urls"),
    ("board/", "workflow.supervision.urls"),
    ("admin/", "workflow.admin_room.urls"),
):
    if find_spec(module.rsplit(".", 1)[0]) and find_spec(module):
        urlpatterns.append(path(prefix, include(module)))
