"""Sample facts for the sheets that are printed on request, and for the envelope."""

from __future__ import annotations

from typing import Any

from letters.samples import BATCH, COMMON, OFFICE, PERSON, WANTED

NUMBER = "清自然资申〔2026〕36号"
REPLY = "清自然资依复〔2026〕12号"
CASE: dict[str, Any] = {"office": OFFICE, "case_number": NUMBER}
GOODS = [
    {"title": f"{BATCH}复印件", "number": "清政发〔2021〕15号", "carrier": "paper", "copies": 1, "pages": 5},
    {"title": "征收补偿登记表（已作区分处理）复印件", "carrier": "paper", "copies": 1, "pages": 12},
    {"title": "征收范围附图扫描件", "carrier": "disc", "copies": 1, "note": "PDF文件2个"},
]

SAMPLES: dict[str, dict[str, Any]] = {
    "secrecy_review_sheet": {
        **CASE, "item": "1", "subject": "关于城北片区（一期）防洪排涝应急预案的请示", "number": "清自然资请〔2021〕9号",
        "formed_on": "2021-05-18", "source": "本机关制作", "carrier": "纸质文件扫描", "secrecy": "原为国家秘密，已经解密（秘密★5年，2026年5月18日解密）",
        "from_classified": "否", "plan": "区分处理后公开；向申请人提供纸质复制件", "term": "保密期限已满，自行解密；解密后仍须审查，应急物资储点的分布不公开",
        "ticks": [
            "条例第十四条（国家秘密）：不适用。已于2026年5月18日解密。", "条例第十四条（法律、行政法规禁止公开）：不适用。没有禁止公开的规定。",
            "条例第十四条（危及国家安全、公共安全、经济安全、社会稳定）：适用。第三部分写明应急物资储点，公开会危及公共安全。",
            "条例第十五条（损害第三方合法权益）：不适用。不涉及第三方。", "条例第十六条第一款（内部事务信息）：不适用。",
            "条例第十六条第二款（过程性信息）：不适用。请示已经批准，预案已经施行。", "条例第十六条第二款（行政执法案卷信息）：不适用。",
        ],
        "content": "第三部分的储点名称、坐标涂黑，其余表述没有不宜公开之处。", "timing": "汛期已过，现在公开没有不利影响。",
        "manner": "只向申请人提供纸质复制件，不在网站发布。", "redaction": "联系人手机号码掩码处理，其余无个人信息。", "decision": "区分处理后公开",
        "marks": ["第1页：秘密（认定，已经解密）", "第1页：签批（认定）"],
        "reviews": [
            {"name": "承办人初审", "opinion": "可以区分处理后公开。", "signed": "李敏　2026年11月9日"},
            {"name": "处室审核", "opinion": "同意。", "signed": "周正　2026年11月10日"},
            {"name": "保密审查机构审查", "opinion": "同意，储点部分不公开。", "signed": "钱芳　2026年11月11日"},
        ],
        "file_sha256": "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    },
    "application_form": {"office": OFFICE},
    "register_sheet": {
        **CASE, "addressee": PERSON, "channel_label": "网上提交", "arrived_on": "2026-10-28", "received_on": "2026-10-28",
        "risk_received_on": "2026-10-28", "due_on": "2026-11-25", "registered_on": "2026-10-28", "applicant_kind": "自然人",
        "identity": "居民身份证 210***********1234", "contact": "电话 ***6671；清源县***", "requests": [WANTED],
        "wanted_form": "纸质", "service": "邮政特快专递（EMS）", "unit": "征收管理股", "handler_name": "李敏",
        "registered_by": "陈晓", "materials": "申请表1份、身份证明1份",
    },
    "transfer_sheet": {
        **CASE, "received_on": "2026-10-28", "unit": "征收管理股", "co_units": ["档案室", "不动产登记中心"],
        "internal_due_on": "2026-11-11", "due_on": "2026-11-25", "requests": [WANTED],
        "materials_list": ["申请表复印件1份", "身份证明复印件1份"], "allocated_by": "赵宁", "allocated_on": "2026-10-28",
        "opinion": "请征收管理股牵头检索并提出拟办意见，档案室协助查找2021年案卷。",
    },
    "confirmation_slip": {
        "office": OFFICE, "addressee": {"name": "安平市城投置业有限公司", "kind": "commercial"}, "days": 15,
        "content": "贵单位2021年报送的城北片区（一期）地块开发方案，共28页",
        "reply_to": "本机关办公室（清源县府前街18号，邮政编码118100）",
    },
    "reading_notice": {
        **COMMON, "reply_on": "2026-11-20", "reply_number": REPLY, "content": f"{BATCH}及其附图，共18页",
        "place": "清源县自然资源局政府信息公开查阅点（清源县府前街18号一楼）", "read_from_on": "2026-11-23",
        "read_until_on": "2026-12-04", "hours": "工作日8:30至11:30、13:30至17:00",
    },
    "reading_register": {
        **CASE, "addressee": PERSON, "letter_number": REPLY,
        "entries": [
            {"title": f"{BATCH}及其附图", "number": "清政发〔2021〕15号", "pages": 18, "carrier": "paper"},
            {"title": "城北片区（一期）勘测定界图", "pages": 2, "carrier": "paper", "note": "A1幅面"},
        ],
    },
    "material_list": {**CASE, "addressee": PERSON, "letter_number": REPLY, "entries": GOODS},
    "proof_of_service": {
        **CASE, "addressee": PERSON, "way": "post", "tracking": "1047281234503",
        "papers": [{"title": "政府信息公开申请答复书", "number": REPLY}, {"title": "政府信息公开材料清单", "number": "—"}],
    },
    "envelope": {
        "office": OFFICE, "addressee": {**PERSON, "postcode": "118100"}, "contents": [REPLY],
    },
    "posting_list": {
        "office": OFFICE, "posted_on": "2026-11-20", "posted_by": "陈晓", "batch": 1,
        "entries": [
            {"tracking": "1047281234503", "receiver": "王䶮", "address": "清源县城关镇北关村二组15号", "contents": [REPLY]},
            {"tracking": "1047281234603", "receiver": "安平市𬭼源建材有限公司", "address": "安平市开发区创业路9号",
             "contents": ["清自然资依复〔2026〕13号"], "note": "另附光盘1张"},
            {"tracking": "1047281234703", "receiver": "安平市城投置业有限公司", "address": "安平市滨河路2号",
             "contents": ["清自然资依征〔2026〕4号"]},
        ],
    },
    "file_cover": {
        **CASE, "title": f"关于公开{WANTED}的申请", "started_on": "2026-10-28", "ended_on": "2026-11-23",
        "retention": "30年", "count": 14, "outcome": "部分公开", "filed_by": "赵宁", "filed_on": "2026-12-15",
    },
}  # fmt: skip
