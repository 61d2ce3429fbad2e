"""Read people and their duties from a CSV file and create them, all or none."""

from __future__ import annotations

import csv
import io
import os
import re
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from ..models import Office, Post, Unit, User
from ..roles import POSTS, Role
from .errors import BadFile

COLUMNS = ("username", "name", "office", "unit", "roles", "email", "phone")
NEEDED = ("username", "name", "office", "roles")
SEPARATORS = re.compile(r"[;；、|\s]+")
LABELS = {Role(role).label: str(Role(role)) for role in POSTS} | {str(role): str(role) for role in POSTS}


def load_people(path: Path, *, on: date) -> dict[str, str]:
    """Create the people of a file with their posts from a day on; return their first passwords by username.

    One line gives one person one office's duties; a person in two offices has two lines. Every first password
    must be changed at the first sign-in. Raises BadFile with every fault and its line; then nothing was stored.
    """
    rows = _rows(path)
    faults: list[tuple[int, str]] = []
    made: dict[str, User] = {}
    with transaction.atomic():
        for line, row in rows:
            _person(line, row, on, made, faults)
        if faults:
            raise BadFile(path.name, faults)
        return _first_passwords(made)


def _first_passwords(made: dict[str, User]) -> dict[str, str]:
    """Give everyone a first password. Hashing is slow by design: only when all is right, on every core."""
    passwords = {username: secrets.token_urlsafe(12) for username in made}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for user, hashed in zip(made.values(), pool.map(make_password, passwords.values()), strict=True):
            user.password = hashed
    User.objects.bulk_update(made.values(), ["password"], batch_size=500)
    return passwords


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    # newline=None: a file from an old machine may end its lines with a carriage return alone.
    text = io.StringIO(_read(path), newline=None)
    reader = csv.DictReader(text, restkey="_more", restval="", strict=True)
    header = [str(name).strip() for name in reader.fieldnames or []]
    wrong = _faults_of_header(header)
    if wrong:
        raise BadFile(path.name, [(1, f"{'；'.join(wrong)}。第一行应为：{','.join(COLUMNS)}")])
    reader.fieldnames = header
    rows, faults = [], []
    for row in _lines(reader, path):
        if "_more" in row:
            faults.append((reader.line_num, "列数比表头多，含有逗号的内容请加引号"))
            continue
        values = {name: str(value or "").strip() for name, value in row.items()}
        if any(values.values()):
            rows.append((reader.line_num, values))
    if faults:
        raise BadFile(path.name, faults)
    if not rows:
        raise BadFile(path.name, [(1, "文件里没有人员")])
    return rows


def _faults_of_header(header: list[str]) -> list[str]:
    if len(header) == 1 and re.search(r"[\t;；，]", header[0]):
        return ["各列应以英文逗号分隔"]
    found = {
        "缺少列": [name for name in NEEDED if name not in header],
        "不认识的列": [name for name in header if name not in COLUMNS],
        "写了两次的列": sorted({name for name in header if header.count(name) > 1}),
    }
    return [f"{words} {'、'.join(names)}" for words, names in found.items() if names]


def _lines(reader: csv.DictReader[str], path: Path) -> Iterator[dict[str, Any]]:
    begun = reader.line_num + 1
    try:
        for row in reader:
            yield row
            begun = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(path.name, [(begun, "从这一行起读不懂，请检查引号是否成对")]) from error


def _person(
    line: int, row: dict[str, str], on: date, made: dict[str, User], faults: list[tuple[int, str]]
) -> None:
    before = len(faults)
    for name in NEEDED:
        if not row.get(name):
            faults.append((line, f"{name} 不能为空"))
    office = Office.objects.filter(code=row.get("office", "")).first()
    if office is None and row.get("office"):
        faults.append((line, f"没有编码为“{row['office']}”的机关"))
    unit = _unit(line, row, office, faults)
    roles = _roles(line, row, faults)
    if len(faults) > before or office is None:
        return
    user = _user(line, row, made, faults)
    if user is None:
        return
    for role in roles:
        post = Post(user=user, office=office, unit=unit, role=role, from_on=on)
        if Post.objects.filter(user=user, office=office, unit=unit, role=role, from_on=on).exists():
            faults.append((line, f"{user.name}在{office.name}的“{Role(role).label}”前面已经写过"))
            continue
        try:
            post.full_clean()
        except ValidationError as error:
            faults.append((line, f"{Role(role).label}：{'；'.join(error.messages)}"))
            continue
        post.save()


def _user(
    line: int, row: dict[str, str], made: dict[str, User], faults: list[tuple[int, str]]
) -> User | None:
    earlier = made.get(row["username"])
    if earlier is not None and earlier.name == row["name"]:
        return earlier  # the same person's line for another office
    if earlier is not None:
        faults.append((line, f"用户名“{row['username']}”前面已经给了{earlier.name}，同一个人姓名应一致"))
        return None
    if User.objects.filter(username__iexact=row["username"]).exists():
        faults.append((line, f"用户名“{row['username']}”已经存在"))
        return None
    values: dict[str, Any] = {name: row.get(name, "") for name in ("username", "name", "email", "phone")}
    user = User(**values, must_change_password=True)
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            name = str(User._meta.get_field(field).verbose_name) if field != "__all__" else ""
            faults.append((line, f"{name}：{'；'.join(messages)}"))
        return None
    user.save()
    made[row["username"]] = user
    return user


def _unit(
    line: int, row: dict[str, str], office: Office | None, faults: list[tuple[int, str]]
) -> Unit | None:
    code = row.get("unit", "")
    if not code or office is None:
        return None
    unit = Unit.objects.filter(office=office, code=code).first()
    if unit is None:
        faults.append((line, f"{office.name}没有编码为“{code}”的科室"))
    return unit


def _roles(line: int, row: dict[str, str], faults: list[tuple[int, str]]) -> list[str]:
    found = []
    for word in filter(None, SEPARATORS.split(row.get("roles", ""))):
        if word not in LABELS:
            faults.append((line, f"没有名为“{word}”的岗位，可用：{'、'.join(sorted(LABELS))}"))
        elif LABELS[word] not in found:
            found.append(LABELS[word])
    if row.get("roles") and not found and not any(fault[0] == line for fault in faults):
        faults.append((line, "roles 不能为空"))
    return found


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadFile(path.name, [(0, "打不开这个文件，请检查路径")]) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadFile(path.name, [(0, "看不懂文件的编码，请另存为 UTF-8 或者 GB18030")])
