"""Sample facts for the papers that come after the reply: remedies, self-correction, filing."""

from __future__ import annotations

from typing import Any

from letters.samples import BATCH, COMMON, ITEMS, OFFICE, PERSON, WANTED, asked, with_items

GOVERNMENT = {
    **OFFICE, "code": "qyx", "name": "清源县人民政府办公室", "doc_code": "清政办", "kind": "government_office",
    "disclosure_office": "政务公开股", "address": "清源县府前街1号", "phone": "0415-3126001",
}  # fmt: skip
BODY = {"name": "清源县人民政府", "kind": "org"}
COURT = {"name": "清源县人民法院", "kind": "org"}
OLD = {
    "old_title": "政府信息公开申请答复书",
    "old_number": "清自然资依复〔2026〕12号",
    "old_on": "2026-11-09",
}
CHALLENGED = "王䶮不服本机关2026年11月9日作出的《政府信息公开申请答复书》（清自然资依复〔2026〕12号）"
HISTORY = [
    "2026年10月28日，本机关收到王䶮通过互联网提交的政府信息公开申请，申请公开“城北片区征收补偿方案专题会议讨论记录”",
    "2026年10月28日，本机关出具《政府信息公开申请接收回执》（清自然资依收〔2026〕36号）",
    "2026年11月9日，本机关作出《政府信息公开申请答复书》（清自然资依复〔2026〕12号），并于同日送达",
]
POINTS = [
    "该讨论记录系本机关拟定补偿方案过程中形成的过程性信息，所载意见不是最终决定，依据《中华人民共和国政府信息公开条例》第十六条第二款可以不予公开",
    "补偿方案已经批准并公布，不公开讨论记录不影响申请人了解征收结果，本机关已在答复书中说明裁量理由",
    "本机关在法定期限内答复并送达，程序合法",
]
ANSWER = {
    **COMMON, "addressee": BODY, "challenged": CHALLENGED, "copy_on": "2026-11-16", "articles": "第四十八条",
    "history": HISTORY, "points": POINTS, "proceeding_number": "清政复〔2026〕21号",
    "plea": "本机关作出的答复认定事实清楚，适用依据正确，程序合法，请求依法予以维持",
    "attachments": ["《证据目录》（清自然资依证〔2026〕3号）", "证据卷一册"],
}  # fmt: skip
NEW = {
    "new_title": "政府信息公开申请答复更正书",
    "new_number": "清自然资依更〔2026〕1号",
    "new_on": "2026-11-20",
}
EVIDENCE = [
    {"no": 1, "title": "政府信息公开申请表", "on": "2026-10-28", "proves": "申请的内容和收到申请之日", "pages": "2—4", "sha256": "a1b2c3d4e5"},
    {"no": 2, "title": "答复期限逐日计算单", "on": "2026-11-09", "proves": "在法定期限内答复", "pages": "5—6", "sha256": "0f9e8d7c6b"},
    {"no": 3, "title": "检索记录", "on": "2026-11-05", "proves": "已尽检索义务", "pages": "7", "sha256": "5a6b7c8d9e"},
    {"no": 4, "title": "政府信息公开申请答复书（清自然资依复〔2026〕12号）", "on": "2026-11-09", "proves": "答复的内容、依据和救济告知", "pages": "8—9", "sha256": "c0ffee0011"},
]  # fmt: skip
LATER = [
    {
        "no": 5,
        "title": "邮件签收记录",
        "on": "2026-11-12",
        "proves": "答复书送达的情况",
        "pages": "11",
        "sha256": "77aa66bb55",
    }
]

SAMPLES: dict[str, dict[str, Any]] = {
    "remedy_answer_reconsideration": ANSWER,
    "remedy_answer_suit": {
        **ANSWER, "addressee": COURT, "articles": "第六十七条", "proceeding_number": "（2026）辽0199行初8号",
        "plea": "本机关作出的答复认定事实清楚，适用法律法规正确，程序合法，请求依法判决驳回原告的诉讼请求",
    },
    "evidence_index": {
        "office": OFFICE, "case_number": "清自然资申〔2026〕36号", "proceeding": "行政复议：清源县人民政府（清政复〔2026〕21号）",
        "signed_on": "2026-11-09", "entries": EVIDENCE, "later": LATER, "file_sha256": "9f2c" * 16,
    },
    "opinion_report": {
        **COMMON, "addressee": BODY, "opinion_number": "清政复意〔2026〕2号", "opinion_on": "2026-11-10",
        "measures": "组织全体承办人学习政府信息公开申请办理规范。\n在答复书稿送审前增加对裁量理由的核对。",
    },
    "correction_of_reply": with_items(
        {**ITEMS["partial"], "description": "城北片区（一期）征收补偿登记表"}, **OLD, reason="答复书中附件页数书写有误",
        wrong="复印件共12页", right="复印件共14页",
    ),
    "withdrawal_of_reply": asked(**OLD, reason="答复时遗漏了业务系统中保存的电子档案", new_due_on="2026-12-18"),
    "remedy_body_notice": {
        **COMMON, "addressee": BODY, "challenged": CHALLENGED, "proceeding_number": "清政复〔2026〕21号", "suit": "no",
        **OLD, **NEW,
    },
    "complaint_answer": {
        "office": GOVERNMENT, "addressee": PERSON, "complaint_on": "2026-11-02", "about_office": "清源县自然资源局",
        "about_number": "清自然资申〔2026〕36号", "matters": "申请提出后一个多月没有收到任何答复", "result": "rectify",
        "finding": "该局于2026年9月7日收到您的申请，答复期限于2026年10月14日届满，至投诉时尚未答复",
    },
    "rectification_notice": {
        "office": GOVERNMENT, "addressee": {"name": "清源县自然资源局", "kind": "org"}, "complaint_on": "2026-11-02",
        "about_number": "清自然资申〔2026〕36号", "criticised": "no", "rectify_by_on": "2026-12-04",
        "finding": "贵单位于2026年9月7日收到申请，答复期限于2026年10月14日届满，至今没有答复",
        "measures": "立即对该申请作出答复并送达申请人。\n清理在办的全部政府信息公开申请，逐件核对答复期限。",
    },
    "supervision_notice": {
        "office": GOVERNMENT, "addressee": {"name": "清源县自然资源局", "kind": "org"}, "rectify_by_on": "2026-12-18",
        "occasion": "2026年第三季度政府信息公开工作抽查",
        "finding": "抽查的10件申请中，有3件信息不存在的答复没有检索记录，有2件延期答复没有在原期限届满前告知申请人",
        "measures": "补记检索的范围、方法和结果，不能补记的说明原因。\n组织全体承办人学习检索和延期的规定。\n对第三季度的全部答复逐件自查。",
    },
    "criticism_notice": {
        "office": GOVERNMENT, "about_office": "清源县自然资源局", "rectify_by_on": "2026-12-18",
        "addressee": {"name": "清源县自然资源局、清源县住房和城乡建设局、清源县水利局", "kind": "org"},
        "occasion": "2026年10月政府信息公开工作检查", "about_number": "清自然资申〔2026〕36号",
        "finding": "该申请的答复期限于2026年10月14日届满，经两次催办，至10月30日仍没有答复",
        "measures": "立即答复并送达申请人。\n查清逾期的原因，明确办理的责任人。",
    },
    "correction_answer": {
        "office": OFFICE, "addressee": PERSON, "asked_on": "2026-10-28", "about_number": "更正2026-001",
        "record": "城北片区（一期）征收补偿登记表", "wrong": "宅基地面积120平方米", "right": "宅基地面积142平方米",
        "finding": "您提交的集体土地使用证记载的面积为142平方米，与原始测量成果一致，登记表系录入错误", "decision": "corrected",
    },
    "conversion_approval": {
        "office": OFFICE, "subject": BATCH, "source": "本机关提出", "case_number": "2026-0036",
        "reason": "半年内有6名申请人申请公开同一信息，内容可以向社会公开", "redaction": "不含个人信息，无须处理", "proposer": "李敏",
        "proposed_on": "2026-11-10", "opinion": "同意转为主动公开。", "approver": "周航", "approved_on": "2026-11-12", "due_on": "2026-12-10",
    },
    "archive_note": {
        "office": OFFICE, "case_number": "清自然资申〔2026〕36号", "title": f"关于公开{WANTED}的申请", "count": 14, "retention": "30年",
        "outcome": "部分公开", "filed_by": "赵宁", "filed_on": "2026-11-20", "manifest_sha256": "7d1e" * 16,
    },
    "archive_handover": {
        "office": OFFICE, "year": 2025, "batch": 1, "receiver": "清源县自然资源局档案室", "made_on": "2026-06-12", "list_sha256": "3b8a" * 16,
        "entries": [
            {"number": "2025-0003", "title": "公开供地计划的申请", "filed_on": "20250411", "retention": "10年", "count": 9, "sha256": "aa11bb22cc"},
            {"number": "2025-0008", "title": "公开征收补偿登记表的申请", "filed_on": "20250930", "retention": "30年", "count": 21, "sha256": "dd33ee44ff"},
        ],
    },
}  # fmt: skip
