"""What `manage.py check --deploy` says of the machine the case floor runs on."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Caution

from workflow.review.sandbox import network


@register(Tags.security, deploy=True)
def files_are_read_without_a_network(app_configs: Any, **given: Any) -> list[CheckMessage]:
    """Warn where the processes that read uploaded files cannot be taken out of the network."""
    if network.available():
        return []
    hint = "请允许本服务的用户建立网络命名空间（sysctl kernel.unprivileged_userns_clone=1，容器须放开 CLONE_NEWUSER）"
    return [Caution(network.SHARED, hint=hint, id="workflow.W001")]
