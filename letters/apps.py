"""Django app of the letters floor."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Register the letters floor with Django."""

    name = "letters"
    verbose_name = "文书"

    def ready(self) -> None:
        """Keep the keys of check codes in use."""
        from office.keys import registry

        registry.register_query_code("letters.Paper", "check_key")
