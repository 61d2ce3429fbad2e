"""Django app of the workflow floor."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkflowConfig(AppConfig):
    """Register the workflow floor with Django."""

    name = "workflow"
    verbose_name = "案件办理"

    def ready(self) -> None:
        """Load the journal's sentences, the chores, the columns under keys and the desk's navigation."""
        from law import values
        from office import guard, parameters
        from office.keys import registry
        from office.roles import POSTS, Role
        from office.web import nav
        from workflow import checks, jobs, journal_keys, rules  # noqa: F401 - the checks register themselves
        from workflow.guard import FILINGS
        from workflow.models.party import IDENTITY, normal_identity

        guard.register(self.label, FILINGS)
        post_migrate.connect(guard.reinstall, sender=self, dispatch_uid="workflow.guard")

        registry.register_query_code("workflow.Case", "query_code_hash")
        registry.register_blind(
            "workflow.Party", "id_hash", source="id_number", purpose=IDENTITY, normalise=normal_identity
        )
        journal_keys.load()
        jobs.load()
        rules.watch()
        parameters.moves_dates(values.table().__contains__)
        desk = tuple(role for role in POSTS if role != Role.ADMIN)
        nav.register("办件", "desk:home", roles=desk, order=10, prefix="/desk/")
        watchers = (Role.SUPERVISOR, Role.HEAD, Role.ALLOCATOR)
        nav.register("代理", "desk:leave", roles=POSTS, order=30, prefix="/desk/leave")
        nav.register("订阅", "desk:subscription", roles=POSTS, order=31, prefix="/desk/subscription/")
        nav.register("督办看板", "board:home", roles=(*watchers, Role.UNIT_HEAD), order=20)
        reporters = (*watchers, Role.INTAKE)
        nav.register("统计", "board:statistics", roles=reporters, order=24)
        nav.register("年度报告", "board:annual", roles=reporters, order=25, prefix="/board/annual/")
        nav.register("放假安排", "admin_room:years", roles=(Role.ADMIN,), order=80, prefix="/admin/years/")
        nav.register("机关资料", "admin_room:office", roles=(Role.ADMIN,), order=84, prefix="/admin/office/")
        nav.register("机关印章", "admin_room:seals", roles=(Role.ADMIN,), order=85, prefix="/admin/seals/")
        nav.register("办理流程图", "admin_room:flow", roles=(Role.ADMIN,), order=82)
        nav.register("参数与读法", "admin_room:parameters", roles=(Role.ADMIN,), order=81)
        nav.register(
            "办理设置", "admin_room:practices", roles=(Role.ADMIN,), order=81, prefix="/admin/practices/"
        )
        wording = (Role.ADMIN, Role.LEGAL)
        nav.register("文书文本", "admin_room:wordings", roles=wording, order=83, prefix="/admin/wordings/")
