"""Finding like requests among 10,000, 100,000 and 1,000,000 stored ones: similar [pg] [CASES …]; p50 and p95."""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.pg import cluster

DJANGO = False
SIZES = (10_000, 100_000, 1_000_000)
QUERIES = 200
CHUNK = 20_000
SYLLABLES = "云岫清溪白石南陌甘棠鹿鸣采薇静女木瓜长发思齐小宛芣苢伯兮蒹葭淇奥汉广卷耳樛木螽斯桃夭兔罝麟趾鹊巢草虫行露羔羊江汜野有驺虞柏舟绿衣燕燕日月终风击鼓凯风雄雉匏叶谷旄丘简兮泉水北门新台"
KINDS = ("村", "镇", "社区", "小区", "路", "水库", "小学", "公司", "医院", "桥")
SUBJECTS = (
    "土地征收补偿安置方案", "集体土地征收批准文件", "房屋征收补偿分户清单", "低保对象公示名单", "道路改建工程施工许可文件",
    "除险加固工程竣工验收报告", "农业补贴发放明细", "国有土地使用权出让合同", "规划许可附图", "财政专项资金使用情况",
    "环境影响评价批复文件", "河道采砂许可文件", "危房改造补助花名册", "物业服务收费备案", "招标文件和中标通知书", "安全检查记录",
    "会议纪要", "水质检测报告", "教师招聘名单", "拆除违法建设的处罚决定书", "公交线路调整论证材料", "养老服务补贴标准",
)  # fmt: skip
BEFORE = ("", "请公开", "申请公开", "请贵局依法公开", "本人申请获取", "关于")
AFTER = ("", "的全部材料", "及相关批复", "（复印件）", "，谢谢", "的电子版")


def run(arguments: Sequence[str]) -> int:
    """Fill a throw-away SQLite file (with ``pg`` a throw-away PostgreSQL) and ask it, size after size."""
    sizes = [int(word) for word in arguments if word.isdigit()] or list(SIZES)
    if "pg" in arguments:
        with cluster() as url:
            return _sizes(sizes, url)
    return _sizes(sizes, None)


def _sizes(sizes: Sequence[int], url: str | None) -> int:
    for size in sizes:
        with tempfile.TemporaryDirectory() as data:
            place = {**os.environ, "DATA_DIR": data, "DJANGO_SETTINGS_MODULE": "config.settings"}
            place["DATABASE_URL"] = url or f"sqlite:///{Path(data) / 'bench.sqlite3'}"
            if url:
                _fresh(url)
            for line in (["manage.py", "migrate", "--verbosity", "0"], ["-m", "bench.similar", str(size)]):
                code = subprocess.run([sys.executable, *line], env=place, check=False).returncode
                if code:
                    return code
    return 0


def _fresh(url: str) -> None:
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def wordings(rng: random.Random) -> Iterator[str]:
    """Draw wordings without end: six hundred thousand places, the subjects clerks meet, years, and politeness."""
    while True:
        town, place = ("".join(rng.sample(SYLLABLES, 2)) for _ in range(2))
        year = f"{rng.randrange(2015, 2027)}年度" if rng.random() < 0.6 else ""
        words = f"{year}{town}镇{place}{rng.choice(KINDS)}{rng.choice(SUBJECTS)}"
        yield rng.choice(BEFORE) + words + rng.choice(AFTER)


def reworded(rng: random.Random, text: str) -> str:
    """Say a stored wording in another way: other politeness, the year behind the place."""
    core = text
    for word in sorted((*BEFORE, *AFTER), key=len, reverse=True):
        core = core.replace(word, "") if word else core
    if core[:4].isdigit():
        core = f"{core[6:]}（{core[:4]}年）"
    return rng.choice(BEFORE) + core + rng.choice(AFTER)


def _measure(size: int) -> None:
    from django.db import connection

    from office.models import User
    from workflow.alike.index import find
    from workflow.selectors.duplicates import possible_duplicates

    rng = random.Random(size)
    started = time.process_time()
    office, kept = _fill(size, rng)
    filled = time.process_time() - started
    user = User.objects.get(username="bench")
    spent: list[float] = []
    processor: list[float] = []
    found = 0
    for text in rng.sample(kept, min(QUERIES, len(kept))):
        asked = reworded(rng, text)
        before, cpu = time.perf_counter(), time.process_time()
        rows = possible_duplicates(user, office_id=office, name="王小明", texts=[asked]).rows
        processor.append(time.process_time() - cpu)
        spent.append(time.perf_counter() - before)
        found += any(row.alike for row in rows)
    new = list(zip(range(QUERIES), wordings(rng), strict=False))
    alone = []
    for _, text in new:
        before = time.perf_counter()
        find(office, [text])
        alone.append(time.perf_counter() - before)
    print(
        f"{connection.vendor:11} {size:>9,} requests: whole look p50 {_ms(spent, 50)} p95 {_ms(spent, 95)} ms "
        f"(our processor p50 {_ms(processor, 50)} p95 {_ms(processor, 95)} ms), a new one's index p50 {_ms(alone, 50)} "
        f"p95 {_ms(alone, 95)} ms, found {found} of {len(spent)}; filled in {filled:.0f} s, load {os.getloadavg()[0]:.1f}"
    )


def _ms(times: list[float], percent: int) -> str:
    return f"{statistics.quantiles(times, n=100)[percent - 1] * 1000:.1f}"


def _fill(size: int, rng: random.Random) -> tuple[int, list[str]]:
    """Store so many requests to one office, each in a case of its own; return the office and some of the wordings."""
    import datetime as dt
    import uuid

    from django.db import connection, transaction

    from office.models import Office, Post, User
    from workflow.alike.index import Indexer
    from workflow.alike.wording import read
    from workflow.load import indexes
    from workflow.load.run import _sequences, _sink, _statistics

    office = Office.objects.create(
        code="bench", name="云岫县自然资源局", doc_code="云自然资", kind="department", level="county"
    )
    clerk = User.objects.create(username="bench", name="登记员")
    Post.objects.create(user=clerk, office=office, role="intake", from_on=dt.date(2020, 1, 1))
    indexer, kept, seen = Indexer(office.pk), [], set()
    on, at = "2026-03-02", "2026-03-02 02:00:00"
    taken = indexes.take_off() if connection.vendor == "postgresql" else None
    with transaction.atomic(), connection.cursor() as cursor:
        sink = _sink(cursor)
        for number, text in zip(range(1, size + 1), wordings(rng), strict=False):
            entry = indexer.entry(read(text))
            sink.rows["case"].append((
                number, "registered", office.pk, None, None, uuid.UUID(int=number).hex, 2026, number, 1, text[:40],
                "portal", "", "", "natural", f"申请人{number}", "paper", "portal", "", on, None, on, on, on, on, on, on,
                on, False, False, "running", None, None, None, None, "", at, at,
            ))  # fmt: skip
            sink.rows["party"].append((
                number, 1, "applicant", "natural", f"申请人{number}", "resident_id", "", f"h1:{number}", "", "", "", "",
                "", "", None, False,
            ))  # fmt: skip
            if entry.number not in seen:
                seen.add(entry.number)
                sink.rows["text"].append((entry.number, office.pk, entry.mark))
                sink.rows["band"] += [(band, entry.number) for band in set(entry.bands)]
            sink.rows["item"].append((number, 1, text, "", "[]", "", "{}", None, None, entry.number))
            if number % max(1, size // 2000) == 0:
                kept.append(text)
            if number % CHUNK == 0:
                sink.rows["band"].sort()
                sink.flush()
        sink.flush()
    _sequences()
    if taken is not None:
        indexes.put_back(taken, workers=2)
    _statistics()
    return office.pk, kept


if __name__ == "__main__":
    import django

    django.setup()
    _measure(int(sys.argv[1]))
