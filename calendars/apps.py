"""Django app of the calendars floor."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Register the calendars floor with Django."""

    name = "calendars"
    verbose_name = "日历"
