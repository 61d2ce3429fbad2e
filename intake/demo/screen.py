"""What the demo prints and writes: the day, the table of cases, the letters, what to try."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import letters
from intake.demo.build import PASSWORD
from intake.demo.script import Story
from intake.demo.story import Teller, papers_of
from intake.demo.table import table
from letters.catalogue import kind_of
from office.models import Post
from office.roles import Role
from office.web.dates import chinese_date
from workflow.clock import reading
from workflow.selectors.papers import ENDINGS

MAIN_OFFICE = "yx-zrzy"
HEAD = ("案件编号", "机关", "事由", "状态", "收到日", "届满日", "已用/剩余", "答复文号", "文件")


def dated(day: date) -> str:
    """Say which day the demo plays on."""
    return f"演示日期：{chinese_date(day)}。人物、地名、单位、号码均为虚构。"


def write_letters(told: list[Story], teller: Teller, out: Path) -> dict[str, list[Path]]:
    """Render every paper of the stories into a directory, each named by its number; older PDFs there go."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.pdf"):
        old.unlink()
    written: dict[str, list[Path]] = {}
    for story in told:
        written[story.key] = []
        for paper in papers_of(story, teller):
            path = out / f"{paper.number_text} {kind_of(paper.kind).label}.pdf"
            path.write_bytes(letters.render(paper))
            written[story.key].append(path)
    if teller.correction is not None and (answer := teller.correction.answer) is not None:
        path = out / f"{answer.number_text} {kind_of(answer.kind).label}.pdf"
        path.write_bytes(letters.render(answer))
        written["correction"] = [path]
    return written


def outcome_table(told: list[Story], teller: Teller, files: dict[str, list[Path]]) -> str:
    """Set one row for each case: number, state, received, due, days used and left, letter, file."""
    rows = []
    for story in told:
        case = teller.case(story)
        now = reading(case, as_of=teller.today)
        last = closing_paper(story, teller)
        path = next(p for p in files[story.key] if p.name.startswith(f"{last.number_text} "))
        rows.append((
            case.number, case.office.name, case.title, case.get_state_display(), str(case.received_on),
            str(case.due_on or "—"), f"{now.used}/{now.left if now.left is not None else '—'}",
            last.number_text, f"{path.parent.name}/{path.name}",
        ))  # fmt: skip
        for earlier in papers_of(story, teller):
            if earlier.kind.startswith("reply") and earlier.pk != last.pk:
                path = next(p for p in files[story.key] if p.name.startswith(f"{earlier.number_text} "))
                told_before = (
                    case.number,
                    case.office.name,
                    "（前一次答复）",
                    *["—"] * 4,
                    earlier.number_text,
                )
                rows.append((*told_before, f"{path.parent.name}/{path.name}"))
    return table(HEAD, rows)


def closing_paper(story: Story, teller: Teller):  # type: ignore[no-untyped-def]
    """Return the paper that answered the request or ended it."""
    papers = papers_of(story, teller)
    ends = ("reply", *ENDINGS, "withdrawal_confirmation")
    return next(paper for paper in reversed(papers) if paper.kind.startswith(ends))


def accounts() -> str:
    """Set the demo accounts in a table: who, where, which duties."""
    rows: dict[str, list[str]] = {}
    held = Post.objects.select_related("user", "office").order_by("office_id", "pk")
    for post in sorted(held, key=lambda post: post.office.code != MAIN_OFFICE):
        row = rows.setdefault(post.user.username, [post.user.username, post.user.name, post.office.name, ""])
        row[3] += ("、" if row[3] else "") + Role(post.role).label
    return table(("账号", "姓名", "机关", "岗位"), list(rows.values()))


def welcome(address: str, told: list[Story], teller: Teller) -> str:
    """Say where the demo is, who may sign in, and what to try in three minutes."""
    by_key = {story.key: story for story in told}
    shown = by_key["school-gate-call"]
    case, signing, reviewing, waiting, paused = (
        teller.case(by_key[key])
        for key in (
            "school-gate-call", "facility-farmland", "temporary-land", "balance-acceptance", "incinerator-eia"
        )
    )  # fmt: skip
    code, last_four = teller.query_codes[shown.key], shown.party[0]["id_number"][-4:]
    return f"""
{accounts()}

全部账号的密码：{PASSWORD}

  申请人   {address}
  工作人员 {address}desk/
  监督看板 {address}board/

三分钟试一试：
 1. 不登录，打开首页，向「云岫县自然资源局」提一件申请，记下查询码。
    或者用查询码 {code} 和证件末四位 {last_four} 查看 {case.office.name} {case.number} 的进度。
 2. dengji 登录：登记刚才的申请；{waiting.number} 是一封平信，与申请人「确认收件」后才起算。
 3. fenban 分给用地管理股 → chengban 记录检索、拟定意见、送审 → baomi、quzhi、fazhi 并行审查。
    {reviewing.number} 今天到期，只差 quzhi 和 fazhi 两审。
 4. qianfa 看稿并签发 {signing.number}（已逾期），得到带〔2026〕文号的答复书 PDF；签发后回到第 1 步的页面下载。
 5. jiandu 看全县：逾期、今天到期、即将到期，点数字进案件；{paused.office.name} {paused.number} 征求意见，期限暂停。
 6. dangan 归档已送达的案件。

按 Ctrl-C 结束；下次运行会重新建库。
"""
