"""Where the database is: DATABASE_URL read, or refused in words that say what to write instead."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

POSTGRES = ("postgres", "postgresql", "psql", "pgsql")
MEMORY = ":memory:"
# The address itself is never repeated: it holds a password.
HOW = (
    "请写作 postgres://用户名:密码@主机:5432/库名（PostgreSQL）或者 sqlite:////绝对路径/db.sqlite3（SQLite）；"
    "用户名、密码里的 @ : / ? # % 等符号写成百分号编码，如 @ 写成 %40。不设这一项的，使用数据目录里的 db.sqlite3。"
)


def database(url: str) -> dict[str, Any]:
    """Read where the database is. Raises ImproperlyConfigured, in Chinese, for what cannot be read or would be misread.

    :param url: as DATABASE_URL has it
    """
    scheme, mark, rest = url.partition("://")
    place, _, path = rest.partition("/")
    name = path.partition("?")[0]
    if not mark or scheme.lower() not in (*POSTGRES, "sqlite"):
        raise _refused("开头应为 postgres:// 或者 sqlite:///")
    if scheme.lower() == "sqlite":
        if place not in ("", MEMORY):
            raise _refused("sqlite: 后面应有三条斜线再写路径，绝对路径是四条")
        if not name and place != MEMORY:
            raise _refused("没有写数据库文件的路径")
    elif set("?#") & set(place) or "@" in name or "#" in path:
        raise _refused("用户名、密码、主机里有没有编码的符号")
    elif not name.strip("/"):
        raise _refused("没有写库名")
    elif "/" in name and not name.startswith("/"):
        raise _refused("主机之后应只有库名")
    try:
        found: dict[str, Any] = Env.db_url_config(url)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise _refused("主机、端口读不懂") from error
    return found


def _refused(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"环境变量 DATABASE_URL 读不懂：{why}。{HOW}")
