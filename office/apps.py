"""Configuration of the office floor."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OfficeConfig(AppConfig):
    name = "office"
    verbose_name = "机关"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself
        from .guard import JOURNAL, register, reinstall
        from .tick import housekeeping, stuck  # noqa: F401 - they register their chores

        # SQLite rebuilds a table on ALTER and drops its triggers on the way: put them back.
        register(self.label, JOURNAL)
        post_migrate.connect(reinstall, sender=self, dispatch_uid="office.guard")
