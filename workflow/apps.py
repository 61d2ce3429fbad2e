"""Django app of the workflow floor."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Register the workflow floor with Django."""

    name = "workflow"
    verbose_name = "案件办理"
