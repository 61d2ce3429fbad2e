"""Django app of the letters floor."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Register the letters floor with Django."""

    name = "letters"
    verbose_name = "文书"
