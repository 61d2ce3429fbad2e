"""What every test stands on: Hypothesis profiles, which database, no network, no silent skip."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# The same examples on every run of the quick suite; new ones, and many, in the full one.
settings.register_profile(
    "default", max_examples=200, deadline=None, derandomize=True, database=None, print_blob=True
)
settings.register_profile("full", max_examples=2_000, deadline=None, database=None, print_blob=True)
settings.register_profile(
    "stateful",
    max_examples=200,
    stateful_step_count=50,
    deadline=None,
    database=None,
    phases=tuple(Phase),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "default")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has meaning on the other database only: on PostgreSQL, what asks no database at all."""
    from django.db import connection

    meant = _asks_a_database if connection.vendor == "postgresql" else _asks_any
    left_out = [item for item in items if not meant(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if meant(item)]


def _asks_any(item: pytest.Item) -> bool:
    return item.get_closest_marker("pg") is None


def _asks_a_database(item: pytest.Item) -> bool:
    """Tell whether a test can do something else on another database: it is marked so, or has one."""
    if any(item.get_closest_marker(name) for name in ("pg", "databases", "django_db")):
        return True
    return not {"db", "transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in which anything was skipped: a skipped check is a check nobody made."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_here(address: Any) -> bool:
    """Tell whether a socket's address lies on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb: bool, django_test_environment: None, django_db_modify_db_settings: None
) -> bool:
    """Begin with a database that is migrated already, where the run was given one."""
    from django.db import connection

    from tests.migrated import brought

    if connection.vendor != "sqlite":
        return django_db_keepdb
    return brought(connection.settings_dict["TEST"]["NAME"]) or django_db_keepdb


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection that leaves the machine."""
    original = socket.socket.connect, socket.socket.connect_ex

    def guarded(plain: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if not _is_here(address):
                raise AssertionError(f"a test tried to reach {address!r}")
            return plain(self, address)

        return connect

    socket.socket.connect = guarded(original[0])  # type: ignore[method-assign]
    socket.socket.connect_ex = guarded(original[1])  # type: ignore[method-assign]
    yield
    socket.socket.connect, socket.socket.connect_ex = original  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def emptying_what_is_filled() -> Iterator[None]:
    """Let the end of a test with real transactions empty what holds rows, and the tables that refuse deletion too."""
    from django.test.testcases import TransactionTestCase

    from tests.emptying import empty

    plain = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: empty()
    yield
    TransactionTestCase._fixture_teardown = plain
