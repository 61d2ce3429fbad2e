"""Keys: sealing, searching, query codes, data keys that can be shredded, rotation."""

from __future__ import annotations

import json
import logging
import os
import pickle
import stat
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from office import files, keys
from office.errors import Refusal
from office.keys import registry, rotate
from office.keys.codes import ALPHABET, normal
from office.keys.fields import BlindField, Sealed, SealedField
from office.keys.ring import PURPOSES, drop_version
from office.models import DataKey, StoredFile

from .conftest import NOW

ID_NUMBER = "11010519491231002X"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


class Secret(models.Model):
    """A row with a sealed number, as the case's party has."""

    number = SealedField(blank=True, default="")
    number_hash = BlindField(source="number", purpose="identity", normalise=str.upper)
    code_hash = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "office"


registry.register_query_code(Secret, "code_hash")
# Other tests of this process rotate keys as well, and have no such table.
COLUMNS = [
    (columns, key, columns.pop(key))
    for columns in (registry._sealed, registry._blind, registry._codes)
    for key in [key for key in columns if key[0] == "office.Secret"]
]


@pytest.fixture(scope="session")
def secret_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Secret)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Secret)


@pytest.fixture
def secrets(secret_table, db, monkeypatch):
    for columns, key, column in COLUMNS:
        monkeypatch.setitem(columns, key, column)
    return Secret.objects


def stored(row: Secret) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM office_secret WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


@given(TEXT)
def test_what_is_sealed_comes_back(text):
    token = keys.seal(text)
    assert keys.unseal(token) == text
    assert keys.version_of(token) == keys.ring("encryption").current
    assert len(text) < 3 or text not in token


@given(TEXT, st.floats(0, 1, exclude_max=True), st.integers(1, 63))
def test_a_changed_token_never_opens(text, where, shift):
    token = keys.seal(text)
    head, _, body = token.rpartition(":")
    # What is drawn must not depend on the token, which is another at every call.
    place = int(where * (len(body.rstrip("=")) - 2))
    alphabet = string.ascii_letters + string.digits + "-_"
    other = alphabet[(alphabet.index(body[place]) + shift) % len(alphabet)]
    with pytest.raises(keys.BadToken):
        keys.unseal(f"{head}:{body[:place]}{other}{body[place + 1 :]}")


def test_a_token_opens_only_where_it_belongs():
    token = keys.seal("甲", context="a")
    assert keys.unseal(token, context="a") == "甲"
    for context in ("", "b"):
        with pytest.raises(keys.BadToken):
            keys.unseal(token, context=context)
    assert keys.seal("甲") != keys.seal("甲")


@pytest.mark.parametrize("token", ["", "甲", "enc:1:", "enc:x:AAAA", "enc:1:AA", "enc:1:AAAA\n", "data:AAAA"])
def test_what_is_no_token_is_refused_without_being_repeated(token):
    with pytest.raises(keys.BadToken) as refused:
        keys.unseal(token)
    assert not token or token not in str(refused.value)


def test_rings_are_private_files_one_for_each_purpose(places):
    for purpose in PURPOSES:
        keys.ring(purpose)
        path = places.keys / f"{purpose}.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert str(keys.ring(purpose).key()) not in repr(keys.ring(purpose))
        assert "_keys" not in repr(keys.ring(purpose))
    assert stat.S_IMODE(places.keys.stat().st_mode) == 0o700
    assert len({keys.ring(p).key() for p in PURPOSES}) == 3
    assert sorted(p.name for p in places.keys.iterdir()) == ["encryption.json", "query.json", "search.json"]


def test_first_uses_at_once_make_one_key(places):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: keys.ring("search").key(), range(16)))
    assert len(made) == 1


def test_first_uses_in_several_processes_make_one_key(places):
    program = "import django; django.setup(); from office.keys import ring; print(ring('search').key().hex())"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "KEY_DIR": str(places.keys)}
    env |= {"SECRET_KEY": "x", "DATA_DIR": str(places.root)}
    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=env) for _ in range(3)
    ]
    assert len({process.communicate()[0] for process in running} | {b""}) == 2
    assert all(process.returncode == 0 for process in running)


def test_a_missing_ring_is_refused_where_the_setting_says_so(places, settings):
    settings.KEY_AUTOCREATE = False
    with pytest.raises(keys.KeyMissing, match="KEY_DIR"):
        keys.seal("甲")
    call_command("rotatekeys", init=True)
    assert keys.unseal(keys.seal("甲")) == "甲"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"purpose": "search", "current": 1, "keys": {"1": "AAAA"}}',
        '{"current": 1, "keys": 3}',
    ],
)
def test_a_damaged_ring_is_refused(places, content):
    places.keys.mkdir()
    (places.keys / "search.json").write_text(content)
    with pytest.raises(keys.KeyMissing):
        keys.blind("identity", "甲")


def test_a_ring_of_another_purpose_is_refused(places):
    keys.ring("search")
    (places.keys / "search.json").rename(places.keys / "query.json")
    with pytest.raises(keys.KeyMissing, match="query"):
        keys.ring("query")
    with pytest.raises(keys.KeyMissing):
        keys.ring("../etc")


def test_another_process_rotation_is_noticed(places):
    old = keys.seal("甲")
    body = json.loads((places.keys / "encryption.json").read_text())
    body["keys"]["2"], body["current"] = body["keys"]["1"][::-1].lstrip("=").ljust(44, "="), 2
    import base64

    body["keys"]["2"] = base64.b64encode(b"k" * 32).decode()
    replacement = places.keys / "new"
    replacement.write_text(json.dumps(body))
    replacement.replace(places.keys / "encryption.json")
    assert keys.version_of(keys.seal("乙")) == 2
    assert keys.unseal(old) == "甲"


def test_blind_hashes_are_keyed_versioned_and_apart_by_purpose(places):
    first = keys.blind("identity", ID_NUMBER)
    assert first == keys.blind("identity", ID_NUMBER)
    assert first.startswith("h1:")
    assert len(first) == 3 + 64
    assert first != keys.blind("phone", ID_NUMBER)
    assert ID_NUMBER not in first
    rotate.start(("search",))
    assert keys.blind("identity", ID_NUMBER).startswith("h2:")
    assert keys.blind_candidates("identity", ID_NUMBER) == [keys.blind("identity", ID_NUMBER), first]


def test_query_codes_can_be_read_out_and_typed_badly():
    code = keys.new_query_code()
    assert len(ALPHABET) ** 15 > 2**60
    assert set(ALPHABET).isdisjoint("01ILOU")
    assert [len(group) for group in code.split("-")] == [5, 5, 5]
    typed = f" {code.lower().replace('-', ' — ')} "
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in code)
    for same in (typed, wide, code.replace("-", "")):
        assert normal(same) == normal(code)
        assert keys.hash_query_code(same) == keys.hash_query_code(code)
    assert len({keys.new_query_code() for _ in range(1000)}) == 1000
    for bad in ("", "ABC", code + "A", code.replace(code[0], "0")):
        with pytest.raises(Refusal, match="查询码") as refused:
            keys.hash_query_code(bad)
        assert refused.value.field == "query_code"


def test_a_stored_code_is_still_good_after_a_rotation(places):
    code = keys.new_query_code()
    old = keys.hash_query_code(code)
    rotate.start(("query",))
    assert keys.hash_query_code(code) != old
    assert old in keys.query_code_hashes(code)
    assert keys.hash_query_code(code) == keys.query_code_hashes(code)[0]


def test_a_data_key_seals_for_its_subject_alone(db):
    cipher = keys.data_key("case:1")
    token = cipher.seal("王建国住清源县")
    assert keys.data_key("case:1").unseal(token) == "王建国住清源县"
    with pytest.raises(keys.BadToken):
        keys.data_key("case:2").unseal(token)
    for broken in ("", "甲", "enc:1:AAAA", token[:-8], "data:甲"):
        with pytest.raises(keys.BadToken):
            cipher.unseal(broken)
    wrapped = DataKey.objects.get(subject="case:1").wrapped
    assert str(cipher._key) not in repr(cipher)
    DataKey.objects.filter(subject="case:2").update(wrapped=wrapped)
    with pytest.raises(keys.BadToken):
        keys.data_key("case:2")


def test_a_shredded_key_opens_nothing_ever_again(db):
    token = keys.data_key("case:1").seal("甲")
    assert keys.shred("case:1", now=NOW) is True
    assert keys.shred("case:1", now=NOW) is False
    with pytest.raises(keys.Shredded, match="销毁"):
        keys.data_key("case:1").unseal(token)
    assert DataKey.objects.get(subject="case:1").wrapped == ""
    assert keys.shred("case:3", now=NOW) is False
    with pytest.raises(keys.Shredded):
        keys.data_key("case:3")


def test_a_sealed_field_shows_a_mask_everywhere(secrets, caplog):
    row = secrets.create(number=ID_NUMBER)
    row = secrets.get(pk=row.pk)
    assert isinstance(row.number, Sealed)
    assert row.number.reveal() == ID_NUMBER
    assert row.number.masked() == "*" * 14 + "002X"
    with caplog.at_level(logging.INFO):
        logging.getLogger("test").info("%s %r %s", row.number, row.number, vars(row))
    shown = [str(row.number), repr(row.number), f"{row.number:>8}", caplog.text, str(vars(row))]
    assert not [text for text in shown if "0519" in text]
    assert str(row.number) == "已加密"
    assert stored(row).startswith("enc:1:")
    assert pickle.loads(pickle.dumps(row.number)).reveal() == ID_NUMBER
    with pytest.raises(TypeError):
        hash(row.number)


def test_plain_text_does_not_stay_on_the_instance():
    row = Secret(number=ID_NUMBER)
    assert isinstance(row.number, Sealed)
    assert ID_NUMBER not in str(vars(row))
    row.number = "乙"
    assert row.number.reveal() == "乙"
    assert row.number == Sealed.of("乙")
    assert row.number != Sealed.of("丙")
    assert row.number != "乙"
    assert Sealed.of("甲乙").masked() == "**"
    with pytest.raises(TypeError, match="takes text") as refused:
        row.number = 11010519491231
    assert "0519" not in str(refused.value)


def test_nothing_stays_nothing(secrets):
    row = secrets.create()
    row = secrets.get(pk=row.pk)
    assert not row.number
    assert (str(row.number), row.number.reveal(), row.number_hash, stored(row)) == ("", "", "", "")


def test_a_sealed_field_takes_updates_and_deferring_and_refuses_searching(secrets):
    row = secrets.create(number="甲")
    secrets.filter(pk=row.pk).update(number=ID_NUMBER)
    assert stored(row).startswith("enc:")
    assert secrets.defer("number").get(pk=row.pk).number.reveal() == ID_NUMBER
    assert secrets.filter(number__isnull=True).count() == 0
    for lookup in ("number", "number__contains", "number__startswith"):
        with pytest.raises(FieldError, match="sealed"):
            secrets.filter(**{lookup: ID_NUMBER}).count()


def test_a_row_is_found_by_its_blind_index(secrets):
    row = secrets.create(number=ID_NUMBER.lower())
    secrets.create(number="别的")
    found = secrets.filter(number_hash__in=keys.blind_candidates("identity", ID_NUMBER))
    assert found.get() == row


def test_rotation_carries_everything_over_and_says_so(secrets, county, capsys):
    rows = [secrets.create(number=f"{ID_NUMBER}{n}") for n in range(7)]
    empty = secrets.create()
    code = keys.new_query_code()
    secrets.filter(pk=rows[0].pk).update(code_hash=keys.hash_query_code(code))
    token = keys.data_key("case:1").seal("甲")
    keys.shred("case:2", now=NOW)
    file = files.put(office=county.land, content="正文".encode(), name="a.txt", now=NOW)
    call_command("rotatekeys", batch=2)
    said = capsys.readouterr().out
    assert "office.Secret.number：更新 7 行" in said
    assert "office.Secret.number_hash：更新 7 行" in said
    assert "office.DataKey.wrapped：更新 1 行" in said
    assert "文件：重新加密 1 个" in said
    assert "加密密钥 第1版（已无使用）：0 处使用" in said
    assert "查询码密钥 第1版（保留）：1 处使用" in said
    for n, row in enumerate(rows):
        assert stored(row).startswith("enc:2:")
        row = secrets.get(pk=row.pk)
        assert row.number.reveal() == f"{ID_NUMBER}{n}"
        assert row.number_hash == keys.blind("identity", f"{ID_NUMBER}{n}")
    assert stored(empty) == ""
    assert keys.data_key("case:1").unseal(token) == "甲"
    file = StoredFile.objects.get(pk=file.pk)
    assert file.key_version == 2
    assert files.read(file) == "正文".encode()
    call_command("rotatekeys", resume=True, retire=True)
    said = capsys.readouterr().out
    assert "加密密钥：第1版已无使用，已删除" in said
    assert "更新 0 行" in said
    assert keys.ring("encryption").versions == (2,)
    assert keys.ring("query").versions == (1, 2)
    assert keys.query_code_hashes(code)[1] == secrets.get(pk=rows[0].pk).code_hash
    assert secrets.get(pk=rows[3].pk).number.reveal() == f"{ID_NUMBER}3"


def test_a_rotation_broken_off_is_resumed(secrets, monkeypatch, capsys):
    for n in range(5):
        secrets.create(number=f"{ID_NUMBER}{n}")
    calls = []
    real = rotate._store

    def breaks(column, pk, value):
        calls.append(pk)
        if len(calls) == 4:
            raise KeyboardInterrupt
        real(column, pk, value)

    monkeypatch.setattr(rotate, "_store", breaks)
    with pytest.raises(KeyboardInterrupt):
        call_command("rotatekeys", batch=2)
    assert {row.number.reveal() for row in secrets.all()} == {f"{ID_NUMBER}{n}" for n in range(5)}
    assert len([r for r in secrets.all() if stored(r).startswith("enc:1:")]) == 3
    monkeypatch.setattr(rotate, "_store", real)
    call_command("rotatekeys", resume=True)
    assert "office.Secret.number：更新 3 行" in capsys.readouterr().out
    assert all(stored(r).startswith("enc:2:") for r in secrets.all())


def test_a_key_in_use_is_never_retired(secrets):
    row = secrets.create(number="甲")
    rotate.start()
    assert rotate.retire() == [("query", 1)]
    assert 1 in keys.ring("encryption").versions
    assert secrets.get(pk=row.pk).number.reveal() == "甲"
    with pytest.raises(keys.KeyMissing, match="现行"):
        drop_version("query", keys.ring("query").current)


def test_status_changes_nothing(secrets, capsys, places):
    keys.seal("甲")
    before = (places.keys / "encryption.json").read_bytes()
    call_command("rotatekeys", status=True)
    assert (places.keys / "encryption.json").read_bytes() == before
    assert "加密密钥 第1版（现行）" in capsys.readouterr().out


def test_a_lost_key_stops_the_command_with_a_sentence(settings):
    settings.KEY_AUTOCREATE = False
    with pytest.raises(CommandError, match="KEY_DIR"):
        call_command("rotatekeys")
