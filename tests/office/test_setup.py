"""Setting up a real office from files: all or nothing, every fault by its line."""

from __future__ import annotations

import stat
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.models import Office, Post, Unit, User
from office.roles import POSTS
from office.setup import BadFile, load_offices, load_people

from .conftest import DAY

TREE = """\
[[office]]
code = "qingyuan"
name = "清源县人民政府"
doc_code = "清政"
kind = "government"
level = "county"

[[office]]
code = "land"
parent = "qingyuan"
name = "清源县自然资源局"
doc_code = "清自然资"
kind = "department"
level = "county"
unit = [{code = "office", name = "办公室", is_disclosure_office = true}, {code = "law", name = "法规股"}]
"""
PEOPLE = """\
username,name,office,unit,roles,email,phone
wang,王建国,land,office,登记员;handler,wang@example.com,
li,李䶮,land,law,法制审核,,
wang,王建国,qingyuan,,监督员,,
"""


def write(places, name: str, text: str, encoding="utf-8"):
    path = places.root / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_tree_is_loaded_with_its_units(db, places, capsys):
    call_command("createoffice", file=write(places, "office.toml", TREE))
    land = Office.objects.get(code="land")
    assert land.parent.name == "清源县人民政府"
    assert [u.name for u in land.units.all()] == ["法规股", "办公室"]
    assert "2 个机关、2 个科室" in capsys.readouterr().out


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ('kind = "department"', 'kind = "bank"', 13, "“bank”不是可用的值，可用：government、"),
        ('kind = "department"', "kind = 7", 13, "加上引号"),
        ('level = "county"\nunit', 'level = "county"\nstrict_separation = "no"\nunit', 15, "不加引号"),
        ('parent = "qingyuan"', 'parent = "land"', 10, "不能是本机关自己"),
        ('doc_code = "清政"', 'doc_code = "清政"\nparent = "land"', 5, r"写在后面（第 9 行）"),
        ('doc_code = "清政"', 'doc_code = "清政"\ncode = "x"', 5, "写了两次"),
        ('parent = "qingyuan"', 'parent = "nowhere"', 10, "nowhere"),
        ('code = "land"', 'code = "qingyuan"', 9, "已存在"),
        ('doc_code = "清自然资"', 'dok_code = "清自然资"', 12, "dok_code"),
        ('doc_code = "清自然资"', "", 8, "机关代字"),
        ('level = "county"\nunit', "level = county\nunit", 14, "TOML"),
        ('code = "law"', 'code = "office"', 15, "法规股"),
        ('name = "法规股"', 'nome = "法规股"', 15, "nome"),
    ],
)
def test_a_fault_is_named_by_its_line_and_nothing_is_stored(db, places, old, new, line, words):
    path = write(places, "office.toml", TREE.replace(old, new))
    with pytest.raises(CommandError, match=words) as refused:
        call_command("createoffice", file=path)
    assert f"第 {line} 行" in str(refused.value)
    assert Office.objects.count() == Unit.objects.count() == 0


def test_an_office_below_a_faulty_one_is_not_blamed_for_it(db, places):
    with pytest.raises(BadFile) as refused:
        load_offices(write(places, "office.toml", TREE.replace('"government"', '"moon"')))
    assert [line for line, _ in refused.value.faults] == [5]
    assert Office.objects.count() == 0


def test_a_unit_is_named_by_its_own_line(db, places):
    units = '[\n  {code = "a", name = "甲"},\n  {code = "a", name = "乙"},\n]'
    text = TREE[: TREE.index("unit = ")] + f"unit = {units}\n"
    with pytest.raises(BadFile, match="“乙”") as refused:
        load_offices(write(places, "office.toml", text))
    assert [line for line, _ in refused.value.faults] == [17]


def test_a_tree_from_another_editor_is_loaded_or_told_how_to_be_saved(db, places):
    text = TREE.replace("\n", "\r\n")
    with pytest.raises(BadFile, match="另存为 UTF-8"):
        load_offices(write(places, "office.toml", text, "gb18030"))
    assert len(load_offices(write(places, "office.toml", text, "utf-8-sig"))) == 2


def test_loading_a_tree_twice_is_refused_whole(db, places):
    path = write(places, "office.toml", TREE)
    load_offices(path)
    with pytest.raises(BadFile, match="已存在"):
        load_offices(path)
    assert Office.objects.count() == 2


@pytest.fixture
def tree(db, places):
    return load_offices(write(places, "office.toml", TREE))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_people_are_loaded_with_passwords_for_one_pair_of_eyes(tree, places, capsys, encoding):
    secret = places.root / "secret.txt"
    call_command("loadpeople", file=write(places, "p.csv", PEOPLE, encoding), passwords=secret)
    wang = User.objects.get(username="wang")
    assert (wang.name, wang.must_change_password) == ("王建国", True)
    assert User.objects.get(username="li").name == "李䶮"
    assert wang.roles_in(tree[1].pk) == {"intake", "handler", "supervisor"}
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    passwords = dict(line.split("\t") for line in secret.read_text().splitlines())
    assert wang.check_password(passwords["wang"])
    assert passwords["wang"] not in capsys.readouterr().out


def test_passwords_go_to_a_file_that_is_closed_first_and_never_through_a_link(tree, places):
    secret, link = places.root / "secret.txt", places.root / "link.txt"
    secret.write_text("earlier\tones\n")
    secret.chmod(0o666)
    link.symlink_to(secret)
    path = write(places, "p.csv", PEOPLE)
    with pytest.raises(CommandError, match="一个人也没有导入"):
        call_command("loadpeople", file=path, passwords=link)
    assert User.objects.count() == 0
    call_command("loadpeople", file=path, passwords=secret)
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text().splitlines()) == 1 + User.objects.count()


def test_nobody_is_loaded_whose_password_could_not_be_written(tree, places):
    with pytest.raises(CommandError, match="写不了"):
        call_command(
            "loadpeople", file=write(places, "p.csv", PEOPLE), passwords=places.root / "no" / "where"
        )
    assert User.objects.count() == Post.objects.count() == 0


@pytest.mark.parametrize(
    "old, new, line, words",
    [
        ("登记员;handler", "登记员;皇帝", 2, "皇帝"),
        ("登记员;handler", "申请人", 2, "申请人"),
        ("李䶮,land", "李䶮,sea", 3, "sea"),
        ("李䶮,land,law", "李䶮,land,sea", 3, "sea"),
        ("li,李䶮", "li,", 3, "name"),
        ("li,李䶮", "WANG,李䶮", 3, "已经存在"),
        ("wang@example.com", "wang.example", 2, "邮件"),
        ("法制审核,,", "法制审核,,,,多了", 3, "列数"),
        ("username,", "user,", 1, "username"),
        ("unit,roles", "roles,roles", 1, "写了两次的列 roles"),
        ("username,name,office,unit,roles,email,phone", "username\tname\toffice\troles", 1, "英文逗号"),
        ("法制审核", "；", 3, "roles 不能为空"),
        ("李䶮,", '"李䶮,', 3, "引号是否成对"),
        ("wang,王建国,qingyuan,,监督员", "wang,王建军,qingyuan,,监督员", 4, "姓名应一致"),
        ("wang,王建国,qingyuan,,监督员", "wang,王建国,land,office,登记员", 4, "登记员”前面已经写过"),
    ],
)
def test_a_fault_in_a_line_is_named_and_nobody_is_loaded(tree, places, old, new, line, words):
    path = write(places, "p.csv", PEOPLE.replace(old, new))
    with pytest.raises(CommandError, match=words) as refused:
        call_command("loadpeople", file=path, passwords=places.root / "secret")
    assert f"第 {line} 行" in str(refused.value)
    assert User.objects.count() == Post.objects.count() == 0
    assert not (places.root / "secret").exists()


def test_every_fault_is_told_at_once(tree, places):
    text = PEOPLE.replace("李䶮,land", "李䶮,sea").replace("handler", "皇帝")
    with pytest.raises(BadFile) as refused:
        load_people(write(places, "p.csv", text), on=DAY)
    assert [line for line, _ in refused.value.faults] == [2, 3]


def test_no_password_is_hashed_for_a_file_with_a_fault(tree, places, monkeypatch):
    monkeypatch.setattr(
        "office.setup.peoplefile.make_password", lambda password: pytest.fail("hashed in vain")
    )
    with pytest.raises(BadFile):
        load_people(write(places, "p.csv", PEOPLE.replace("法制审核", "皇帝")), on=DAY)


def test_a_file_that_cannot_be_read_is_refused(db, places):
    with pytest.raises(BadFile, match="打不开"):
        load_people(places.root / "none.csv", on=DAY)
    (places.root / "x.csv").write_bytes(b"\xff\xff\x00")
    with pytest.raises(BadFile, match="编码"):
        load_people(places.root / "x.csv", on=DAY)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=120))
def test_no_line_whatever_crashes_the_loader_or_half_loads(tree, places, text):
    path = write(places, "p.csv", PEOPLE + text)
    try:
        loaded = load_people(path, on=DAY)
    except BadFile:
        loaded = {}
    assert User.objects.count() == len(loaded)
    assert not loaded or set(loaded) >= {"wang", "li"}
    Post._base_manager.all()._raw_delete("default")
    User._base_manager.all()._raw_delete("default")


def test_the_examples_an_office_begins_with_load(db, places):
    deploy = Path(__file__).resolve().parents[2] / "deploy"
    made = {office.code: office for office in load_offices(deploy / "office.example.toml")}
    passwords = load_people(deploy / "people.example.csv", on=DAY)
    assert made["yunxiu-zrzy"].units.count() == 2
    assert made["yunxiu-qingxi"].facts()["basic_court"] == "云岫县人民法院"
    assert User.objects.get(username="tangli").roles_in(made["yunxiu-qingxi"].pk) == {"supervisor"}
    held = {role for user in User.objects.all() for roles in user.roles(on=DAY).values() for role in roles}
    assert held == {str(role) for role in POSTS}, "a role has no example"
    assert len(passwords) == User.objects.count()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("ab", max_size=2), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ["code", "name", "kind", "parent", "unit", "email", "strict_separation", "postcode", "x", "是"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=3), st.booleans())
def test_no_table_whatever_crashes_the_loader_or_half_loads(db, places, values, whole):
    raw = tomllib.loads(TREE)
    if whole:
        raw["office"] = next(iter(values.values()))
    else:
        raw["office"][1] |= values
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("office.setup.officefile.tomllib.loads", lambda text: raw)
        try:
            loaded = load_offices(write(places, "office.toml", TREE))
        except BadFile:
            loaded = []
    assert Office.objects.count() == len(loaded)
    Unit._base_manager.all()._raw_delete("default")
    Office._base_manager.order_by("-pk").update(parent=None)
    Office._base_manager.all()._raw_delete("default")
