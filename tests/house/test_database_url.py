"""DATABASE_URL is read, or refused in words that say what to write instead; it is never misread and never repeated."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.database import database
from tests.house.tree import ROOT


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("postgres://u:p%40ss@db.example:5433/gongkai", {"HOST": "db.example", "PORT": 5433, "NAME": "gongkai", "PASSWORD": "p@ss"}),
        ("postgresql://u:p@ss@db.example/gongkai", {"HOST": "db.example", "NAME": "gongkai", "PASSWORD": "p@ss"}),
        ("postgres:///gongkai", {"HOST": "", "NAME": "gongkai"}),
        ("postgres:////run/postgresql/gongkai", {"HOST": "/run/postgresql", "NAME": "gongkai"}),
        ("postgres://u:p@h/gongkai?sslmode=require", {"NAME": "gongkai", "OPTIONS": {"sslmode": "require"}}),
        ("sqlite:////srv/data/db.sqlite3", {"NAME": "/srv/data/db.sqlite3"}),
        ("sqlite:///db.sqlite3", {"NAME": "db.sqlite3"}),
    ],
)  # fmt: skip
def test_an_address_is_read(url: str, found: dict[str, Any]):
    assert database(url).items() >= found.items()


@pytest.mark.parametrize(
    "url",
    [
        "postgres", "/srv/data/db.sqlite3", "mysql://u:s3cret@h/gongkai", "'postgres://u:s3cret@h/gongkai'", "postgres:/h/gongkai",
        "postgres://u:s3cret@h", "postgres://u:s3cret@h/", "postgres://u:s3cret@h:port/gongkai", "postgres://u:s3cret@h:99999/gongkai",
        "postgres://u:s3#cret@h/gongkai", "postgres://u:12/s3cret@h/gongkai", "postgres://u:s3?cret@h/gongkai",
        "postgres://u:s3cret@[::1/gongkai", "postgres://u:s3cret@h/gongkai/more",
        "sqlite://db.sqlite3", "sqlite://srv/data/db.sqlite3", "sqlite:///", "sqlite://",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_without_the_password(url: str):
    with pytest.raises(ImproperlyConfigured) as caught:
        database(url)
    assert "DATABASE_URL" in str(caught.value)
    assert "postgres://用户名:密码@主机:5432/库名" in str(caught.value)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize("call", [("workdays", "add", "2026-03-02", "20"), ("migrate",)])
def test_every_command_says_so(call: tuple[str, ...], tmp_path: Path):
    env = os.environ | {
        "DATABASE_URL": "postgres://u:s3cret@h:port/gongkai", "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path), "KEY_DIR": str(tmp_path / "keys"),
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "manage.py", *call], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr.startswith("环境变量 DATABASE_URL 读不懂")
    assert told.stderr.count("\n") == 1
    assert "s3cret" not in told.stderr
