"""A throw-away PostgreSQL: `python -m tests.pg COMMAND …` runs the command with DATABASE_URL set to it.

With `--migrated` before the command, every database that the tests ask for begins with all migrations applied.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.migrated import DATABASE, NAME

# Nothing here need survive a crash.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
}


class NoPostgres(RuntimeError):
    """PostgreSQL is not on this machine, or would not start; the message says which."""


def _tool(name: str) -> str:
    """Find a server program; Debian keeps them beside each other, one directory a version."""
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parents[1].name)
    )
    path = str(found[-1]) if found else shutil.which(name)
    if path is None:
        raise NoPostgres(f"{name} not found: install the Debian package postgresql")
    return path


def _as_server(command: Sequence[str], directory: Path) -> None:
    """Run a server program, as the user postgres where we are root, which PostgreSQL refuses."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *command],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        log = directory / "log"
        raise NoPostgres(done.stdout + (log.read_text(errors="replace") if log.exists() else ""))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Make, start, and at the end stop and remove a cluster; gives its address as a DATABASE_URL."""
    directory = Path(tempfile.mkdtemp(prefix="gongkai-pg-"))
    try:
        password = secrets.token_hex(16)
        port = _free_port()
        secret = directory / "secret"
        secret.write_text(password)
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            for path in (directory, secret):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        data = str(directory / "data")
        access = ["-U", "gongkai", "-A", "scram-sha-256", f"--pwfile={secret}"]
        shape = ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _as_server([_tool("initdb"), "-D", data, *access, *shape], directory)
        settings = " ".join(f"-c {key}={value}" for key, value in SETTINGS.items())
        options = f"-p {port} -k {directory} {settings}"
        control = [_tool("pg_ctl"), "-D", data, "-w"]
        _as_server([*control, "-l", str(directory / "log"), "-o", options, "start"], directory)
        try:
            yield f"postgres://gongkai:{password}@127.0.0.1:{port}/postgres"
        finally:
            _as_server([*control, "-m", "immediate", "stop"], directory)
    finally:
        shutil.rmtree(directory)


def main(arguments: Sequence[str]) -> int:
    """Run a command beside a cluster of its own and return the command's exit code."""
    migrated = list(arguments[:1]) == ["--migrated"]
    command = arguments[migrated:]
    if not command:
        print("usage: python -m tests.pg [--migrated] COMMAND …", file=sys.stderr)
        return 2
    # A polite end from outside must stop the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        # A file named for SQLite has no meaning here.
        env = {name: value for name, value in os.environ.items() if name != NAME} | {"DATABASE_URL": url}
        if migrated:
            made = subprocess.run([sys.executable, "-m", "tests.migrated", "--server"], env=env, check=False)
            if made.returncode:
                return made.returncode
            env[NAME] = DATABASE
        return subprocess.run(command, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
