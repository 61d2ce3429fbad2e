"""Django app of the intake floor."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Register the intake floor with Django."""

    name = "intake"
    verbose_name = "受理"

    def ready(self) -> None:
        """Put the counter into the staff navigation and the sweep of old attempts into the tick."""
        from office.roles import Role
        from office.web import nav

        nav.register("登记", "counter:register", roles=(Role.INTAKE,), order=30, prefix="/counter/register/")
        nav.register("待确认", "counter:waiting", roles=(Role.INTAKE,), order=31, prefix="/counter/")
