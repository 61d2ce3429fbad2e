"""The entry of a process that writes shards; it sets Django up before anything of the case floor is imported."""

from __future__ import annotations

from typing import Any


def work(shard: Any) -> Any:
    """Write one shard in this process and return what its series have come to."""
    import django

    django.setup()
    from workflow.load.run import write_shard

    return write_shard(shard)
