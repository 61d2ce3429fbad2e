"""Show the whole system at work in a county that exists nowhere."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import calendars
from intake.demo.script import demo_today
from office.today import OVERRIDE, now, today

#: Set in the second process, whose settings already point at the demo's own directory.
INSIDE = "DEMO_DATA_DIR"
OTHERS = ("DATABASE_URL", "KEY_DIR", "FILES_DIR", "MAIL_DIR", "SECRET_KEY", "HTTPS", "BEHIND_PROXY")


class Command(BaseCommand):
    """Build the demo's database, tell its stories, and serve it or write its letters."""

    help = "演示：虚构的一个县、31 件申请；--once 只办结各类申请并把文书写到 out/，不开网页"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the few choices there are."""
        parser.add_argument("--once", action="store_true", help="办结各类申请、写出文书后即退出")
        parser.add_argument("--out", type=Path, default=settings.BASE_DIR / "out", help="文书写到哪个目录")
        parser.add_argument("--data", type=Path, help="演示数据目录（每次清空重建）")
        parser.add_argument("--port", type=int, default=8000, help="网页端口")

    def handle(self, **options: Any) -> None:
        """Start again with settings of the demo's own directory; then build, tell and show."""
        if INSIDE not in os.environ:
            self._start_inside(options)
        elif options["once"]:
            self._once(options["out"])
        else:
            self._serve(options["port"])

    def _start_inside(self, options: dict[str, Any]) -> None:
        from intake.demo.build import NotOurs, empty

        home = settings.BASE_DIR / "var" / ("demo-once" if options["once"] else "demo")
        data = (options["data"] or home).resolve()
        if not options["once"] and _taken(options["port"]):
            raise CommandError(f"端口 {options['port']} 已被占用，请用 --port 另指一个，例如 --port 8010")
        try:
            empty(data)
        except NotOurs as error:
            raise CommandError(str(error)) from error
        day = demo_today(today(), calendars.load())
        kept = {name: value for name, value in os.environ.items() if name not in OTHERS}
        inside = {**kept, "DATA_DIR": str(data), INSIDE: str(data), OVERRIDE: day.isoformat()}
        words = ["--once"] if options["once"] else []
        words += ["--out", str(options["out"].resolve()), "--port", str(options["port"])]
        manage = str(settings.BASE_DIR / "manage.py")
        os.execve(sys.executable, [sys.executable, manage, "demo", *words], inside)  # noqa: S606

    def _build(self, *, once: bool) -> Any:
        from intake.demo.build import load_county
        from intake.demo.screen import dated
        from intake.demo.story import Teller

        began = time.monotonic()
        self.stdout.write(dated(today()))
        load_county(on=today(), now=now())
        teller = Teller(today=today())
        told = teller.tell(once=once)
        self.stdout.write(f"建库、装入云岫县、办理 {len(told)} 件申请：{time.monotonic() - began:.0f} 秒\n")
        return teller, told

    def _once(self, out: Path) -> None:
        from intake.demo.screen import outcome_table, write_letters

        teller, told = self._build(once=True)
        files = write_letters(told, teller, out)
        self.stdout.write(outcome_table(told, teller, files))
        self.stdout.write(f"\n{sum(map(len, files.values()))} 份文书已写到 {out}")

    def _serve(self, port: int) -> None:
        from intake.demo.screen import welcome

        teller, told = self._build(once=False)
        here = f"127.0.0.1:{port}"
        manage = str(settings.BASE_DIR / "manage.py")
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, signal.default_int_handler)
        servants = [
            _servant("web", "-m", "gunicorn", "config.wsgi", "--bind", here, "--threads", "4"),
            _servant("worker", manage, "db_worker", "--no-startup-delay"),
            _servant("tick", manage, "tick", "--every", "20"),
        ]
        try:
            _wait_for(port, servants)
            self.stdout.write(welcome(f"http://{here}/", told, teller))
            self.stdout.flush()
            while all(servant.poll() is None for servant in servants):
                time.sleep(0.5)
            raise CommandError(f"网页或后台进程意外结束，原因见 {settings.DATA_DIR} 里的 *.log")
        except KeyboardInterrupt:
            self.stdout.write("\n演示结束。")
        finally:
            for servant in servants:
                servant.terminate()
            for servant in servants:
                servant.wait(timeout=20)


def _servant(name: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a process of the demo; what it says goes into a log, so that the welcome stays on the screen."""
    with (settings.DATA_DIR / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, *words], cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT
        )


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(port: int, servants: list[subprocess.Popen[bytes]]) -> None:
    """Wait until the first page is answered, or a servant has given up."""
    for _ in range(240):
        if any(servant.poll() is not None for servant in servants):
            return
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as page:
                page.request("GET", "/")
                page.getresponse().read()
            return
        except OSError:
            time.sleep(0.25)
