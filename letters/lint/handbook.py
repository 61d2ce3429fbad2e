"""The handbook of the lint, written from its rules: docs/lint.md."""

from __future__ import annotations

from letters.lint.finding import BLOCK, rules

ACTIONS = {
    "edit": "change a fact", "office": "change the office's settings", "recompose": "the system writes it anew",
    "record": "put it on record", "choose": "choose another way",
}  # fmt: skip
#: What the register tells the lint beside the paper; a caller gives what it knows and leaves out the rest.
REGISTER = (
    ("received_on", "登记的收到日期", "2026-10-28", "received_register"),
    ("due_on", "登记的答复期限届满日", "2026-11-25", "overdue"),
    ("late_on_record", "逾期已记入台账", "true", "overdue"),
    ("day_assumed", "成文日期未定，暂以今天代替：没有写届满日的，逾期只作提示", "true", "overdue"),
    ("items", "登记的申请事项", '[{"seq": 1, "description": "…"}]', "unanswered, not_asked"),
    ("consultations", "征求第三方意见的情况",
     '[{"kind": "third", "item": 1, "party_name": "…", "party_kind": "natural", "opinion": "disagree", "reason_assessed": "…", "reason_sound": true}]',
     "unassessed, third_party_named"),
    ("redactions", "各项的涂黑标记（也可以写在事项的 redactions）", '{"1": [{"ground": "条例第十五条"}]}', "redaction_grounds"),
    ("earlier_replies", "此前给同一申请人的答复",
     '[{"number": "…", "description": "…", "outcome": "refuse_process", "grounds": ["条例第十六条第二款"]}]', "changed_ground"),
    ("supplements", "已经告知补正的次数", "1", "second_supplement"),
    ("applicant", "申请人（致第三方的文书不得写出）", '{"name": "…"}', "applicant_revealed, personal_data"),
    ("units", "内设机构的名称", '["规划科"]', "author"),
    ("seal", "可以使用的印章", '"政府信息公开专用章"', "seal"),
)  # fmt: skip
HEAD = """# The lint 败诉风险检查

Written by `./dev manage letters rules > docs/lint.md` from `letters/lint/rules.toml`; a test keeps it equal.

What would lose in reconsideration or in court is found before signature. A finding that blocks (不得签发) keeps a letter
from being reviewed, signed or rendered; a warning (提示) is for a person to judge. Each has its reason, its article and the
one step that mends it: on the desk a link to the very field, for other systems `mend` with `action` and `target`, a path
into the facts (`items.2.discretion`, `office.phone`, `register.consultations.7.reason_assessed`), or `remedies`, `text` for
what the system itself writes.

## From outside

```
manage.py letter KIND --facts FILE.json --out FILE.pdf [--on DATE] [--number NO] [--draft] [--json]
manage.py letter KIND --facts FILE.json --lint-only [--json]     lint only; what is missing and has a rule is a finding
manage.py letter KIND --facts FILE.json --text FILE.txt [--json] lint a text written or edited elsewhere
manage.py letters facts KIND                                     sample facts of a kind, ready to be changed
manage.py letters kinds                                          the kinds
manage.py letters render --facts-dir DIR --out DIR [--kind KIND] a folder of facts, resumed where it was stopped
```

`-` reads facts or text from standard input. No database, no environment variable. Exit codes: 0 nothing blocks; 2 facts
that cannot be used, each named; 4 stopped by the lint. With `--json` a list of findings, empty where there is none; for exit
code 2 an object with `error`, `field`, `fields` and whatever the lint could say all the same in `findings`.

| exit | when |
|---|---|
| 0 | the paper was made, or nothing in it blocks (warnings are listed) |
| 2 | a fact is missing, blank, unused or malformed; a file cannot be read or written; an unknown kind |
| 4 | a finding blocks |

A fact that is missing and that a rule speaks of (no reason for a choice under 条例16, no search, no telephone) is a finding
where only linting was asked for, and a missing fact where a paper was.

What the register knows goes into the facts as `register`; no wording reads it:

| `register.` | what | example | for |
|---|---|---|---|
"""


def written() -> str:
    """Return the handbook as Markdown."""
    lines = [HEAD.rstrip("\n")]
    lines += [f"| `{name}` | {what} | `{example}` | {used} |" for name, what, example, used in REGISTER]
    lines += ["", "## Rules", ""]
    lines.append(f"{len(rules())} rules; the cases that pin them are in `tests/letters/lint_cases.toml`.")
    lines += ["", "| rule | | finds | article | why it loses | mended by |", "|---|---|---|---|---|---|"]
    for rule in rules().values():
        weight = "不得签发" if rule.severity == BLOCK else "提示"
        target = rule.target.replace("{seq}", "N").replace("{at}", "N").replace("{field}", "…")
        lines.append(
            f"| `{rule.name}` | {weight} | {rule.finds} | {rule.article} | {rule.reason} | "
            f"{rule.mend}（{ACTIONS[rule.action]}: `{target}`） |"
        )
    return "\n".join(lines) + "\n"
