"""Sample facts for each kind of paper: a fictional county, its office of natural resources, its applicants."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from letters.catalogue import KINDS

ON = date(2026, 11, 20)
OFFICE = {
    "code": "zrzy", "name": "清源县自然资源局", "doc_code": "清自然资", "kind": "department", "level": "county",
    "region": "清源县", "government_name": "清源县人民政府", "superior_government": "安平市人民政府",
    "superior_department": "安平市自然资源局", "basic_court": "清源县人民法院",
    "intermediate_court": "安平市中级人民法院", "reconsideration_body": "", "court": "", "reconsideration_online": "",
    "disclosure_office": "局办公室", "address": "清源县府前街18号", "postcode": "118100", "phone": "0415-3126677",
    "fax": "", "email": "zrzyj@example.gov.cn", "office_hours": "工作日8:30至17:00", "website": "",
}  # fmt: skip
PERSON = {"name": "王䶮", "kind": "natural", "address": "清源县城关镇北关村二组15号"}
COMPANY = {"name": "安平市𬭼源建材有限公司", "kind": "commercial", "address": "安平市开发区创业路9号"}
BATCH = "《关于清源县城北片区（一期）集体土地征收补偿安置方案的批复》（清政发〔2021〕15号）"
COMMON: dict[str, Any] = {
    "office": OFFICE, "addressee": PERSON, "case_number": "清自然资申〔2026〕36号", "received_on": "2026-10-28",
    "channel": "portal", "handler": {"name": "李敏", "phone": "0415-3126671"},
}  # fmt: skip
WANTED = f"{BATCH}及其附图"
SEARCH = {
    "systems": "本机关档案室2018年至2022年文书档案、自然资源业务审批系统、政务办公系统", "keywords": "“城北片区”“社会稳定风险评估”",
    "period": "2018年1月1日至2022年12月31日", "method": "计算机检索和人工翻阅案卷目录", "people": "张立、孙宁",
    "searched_on": "2026-11-05", "result": "检索到城北片区征收案卷3卷，其中没有社会稳定风险评估报告",
}  # fmt: skip


def item(seq: int, outcome: str, description: str = WANTED, **facts: Any) -> dict[str, Any]:
    """Return one item of a request."""
    return {"seq": seq, "description": description, "outcome": outcome, **facts}


ITEMS: dict[str, dict[str, Any]] = {
    "disclose": item(1, "disclose", provided=f"{BATCH}复印件1份，随本答复书邮寄"),
    "already_public": item(
        1, "already_public", "清源县2025年度国有建设用地供应计划",
        where="清源县人民政府网站“政府信息公开”专栏“自然资源”栏目（https://www.qingyuan.example.gov.cn/zwgk/zrzy/2025/0318/content_204817.html）",
    ),
    "partial": item(
        1, "partial", "城北片区（一期）征收补偿登记表", provided="登记表中的补偿项目、面积、标准和金额，复印件共12页，随本答复书邮寄",
        withheld="登记表中被征收人的姓名、身份证件号码、住址、银行账号和联系电话", grounds=["条例第十五条"],
        reason="上述内容属于被征收人的个人隐私，公开会对其合法权益造成损害，本机关征求意见后，被征收人均不同意公开且理由合理，不公开不会对公共利益造成重大影响",
    ),
    "refuse_state_secret": item(
        1, "refuse_state_secret", "清源县国防设施周边控制区规划图", grounds=["条例第十四条"],
        reason="该图由原制作机关依法确定为机密级国家秘密，图件上有密级标志，保密期限至2035年6月30日，尚未解密",
        inseparable="该图为整幅图件，涉密内容与其余内容不能分割，不能作区分处理",
    ),
    "refuse_other_law": item(
        1, "refuse_other_law", "清源县2024年规模以上矿山企业产值调查表", grounds=["条例第十四条", "《中华人民共和国统计法》第十一条"],
        reason="该表是能够识别单个统计调查对象身份的统计资料，法律规定应当予以保密，不得对外提供",
        inseparable="每一行均能识别单个调查对象，隐去单位名称后仍能推断其身份，不能作区分处理",
    ),
    "refuse_security": item(
        1, "refuse_security", "县城供水管网矢量图", grounds=["条例第十四条"],
        reason="该图标有取水口、主干管和加压泵站的精确位置，公开后可能被用于破坏供水设施，危及公共安全",
        inseparable="位置信息是图件的全部内容，不能作区分处理",
    ),
    "refuse_third_party": item(
        1, "refuse_third_party", "甲公司城北地块开发方案", grounds=["条例第十五条"],
        reason="该方案含有甲公司未公开的成本构成和营销策略，属于商业秘密。经书面征求意见，甲公司不同意公开，其理由合理，不公开不会对公共利益造成重大影响",
        inseparable="成本构成和营销策略贯穿方案全文，不能作区分处理",
    ),
    "refuse_internal": item(
        1, "refuse_internal", "本机关2026年度车辆维修记录", grounds=["条例第十六条第一款"], reason="该记录反映本机关车辆日常维修安排，属于后勤管理方面的信息，对外不产生行政管理效力",
        inseparable="记录各栏内容性质相同，不能作区分处理", discretion="该信息与公众的生产、生活没有直接关系，公开后会干扰正常的后勤管理",
    ),
    "refuse_process": item(
        1, "refuse_process", "城北片区征收补偿方案专题会议讨论记录", grounds=["条例第十六条第二款"],
        reason="该记录是本机关拟定补偿方案过程中形成的讨论记录，所载意见不是最终决定，补偿方案已经批准并公布",
        inseparable="记录为与会人员连续发言，事实陈述与讨论意见不能分割，不能作区分处理",
        discretion="公开后会影响工作人员在今后的决策讨论中坦率发表意见，而最终的补偿方案已经公布，不公开不影响公众了解征收结果",
    ),
    "refuse_enforcement": item(
        1, "refuse_enforcement", "清自然资罚案〔2026〕8号案件的询问笔录", grounds=["条例第十六条第二款"],
        reason="该笔录是本机关查处违法用地过程中形成的行政执法案卷材料", inseparable="笔录系一问一答连续形成，不能作区分处理",
        discretion="案件尚在执行，公开后会影响执法活动和被询问人的正常生活，行政处罚决定已经依法公示",
    ),
    "admin_query": item(
        1, "admin_query", "北关村二组15号房屋的不动产登记资料", reason="不动产登记资料的查询由《不动产登记暂行条例》另行规定",
        query_way="请持有效身份证明和利害关系证明，到清源县不动产登记中心（清源县府前街20号，电话0415-3126690）查询",
    ),
    "not_exist": item(1, "not_exist", "城北片区（一期）征收社会稳定风险评估报告", searches=[SEARCH]),
    "not_ours": item(
        1, "not_ours", "清源县2025年保障性住房分配名册", reason="保障性住房的分配由住房和城乡建设部门负责，本机关没有制作、也没有保存该信息",
        other_office="清源县住房和城乡建设局，联系电话0415-3126500，地址为清源县建设路6号",
    ),
    "needs_making": item(1, "needs_making", "2015年至2025年各村每年耕地减少面积及原因的汇总表",
                         reason="本机关保存的是各年度变更调查成果，没有按村、按原因汇总的现成表格"),
    "still_unclear": item(1, "still_unclear", "与我家土地有关的全部文件", reason="补正材料没有写明土地的坐落、文件的名称、文号或者便于查询的其他特征"),
    "petition": item(1, "petition", "要求查处北关村村委会违法占地并答复处理结果", reason="申请内容是反映问题、要求查处，不是获取已制作或者保存的政府信息",
                     query_way="到清源县信访局来访接待室，或者通过国家信访局网上信访平台提出"),
    "publication": item(1, "publication", "2025年《清源县人民政府公报》全年各期", query_way="清源县图书馆、清源县档案馆政府公报查阅点免费查阅"),
    "repeat": item(1, "repeat", earlier_number="清自然资依复〔2026〕3号", reason="本次申请的内容与上次相同，上次答复作出后有关信息没有变化"),
    "excessive": item(1, "excessive", "2010年以来本机关全部发文", reason="自2026年1月以来共提出申请46件、涉及信息312项，本机关于2026年11月2日要求说明理由，所述理由与申请内容没有关联"),
    "reconfirm": item(1, "reconfirm", "请在此前提供的批复复印件上加盖公章确认真实", reason="该批复的复印件已于2026年3月12日提供，并加盖政府信息公开专用章"),
}  # fmt: skip


def with_items(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the facts of a reply."""
    return {**COMMON, "items": [dict(i) for i in items], **more}


def asked(**more: Any) -> dict[str, Any]:
    """Return the facts of a paper about a request that has no outcome yet."""
    return {**COMMON, "items": [{"seq": 1, "description": WANTED, "outcome": ""}], **more}


SAMPLES: dict[str, dict[str, Any]] = {
    "registration_receipt": asked(query_code="7K3M-92PX-QH4T", query_place="清源县人民政府网站“依申请公开”专栏"),
    "supplement_notice": asked(
        received_on="2026-11-16", lacking="申请内容不明确", matters="所申请信息的名称或者文号不明确，“有关附图”可以指多幅不同图件。\n没有写明所需信息对应的年度和地块。",
        guidance="请写明图件的名称、编号，或者写明所在地块的四至和征收批次。\n不清楚名称的，可以到本机关政府信息公开申请受理点说明，由工作人员协助填写。",
        days=15, due_on="2026-12-11",
    ),
    "extension_notice": asked(reason="申请涉及的档案需要从基层所调取、核对", days=20, original_due_on="2026-11-25", new_due_on="2026-12-23"),
    "consultation_third_party": {
        **COMMON, "addressee": {"name": "安平市城投置业有限公司", "kind": "commercial"},
        "content": "贵单位2021年报送的城北片区（一期）地块开发方案，共28页", "concern": "商业秘密", "days": 15,
        "reply_to": "本机关办公室（清源县府前街18号，邮政编码118100）",
    },
    "consultation_joint": {
        **COMMON, "addressee": {"name": "清源县住房和城乡建设局", "kind": "org"}, "days": 15,
        "content": "贵单位与本机关2021年联合印发的《关于城北片区建设用地管理的通知》及其附图，共12页",
        "reply_to": "清源县自然资源局办公室（清源县府前街18号）",
    },
    "assistance_letter": {
        **COMMON, "addressee": {"name": "清源县财政局", "kind": "org"}, "days": 15,
        "content": "城北片区征收补偿资金拨付凭证由哪个机关制作、最初获取。\n凭证的收款人信息公开是否符合贵单位的管理规定。",
        "reply_to": "清源县自然资源局办公室（清源县府前街18号）",
    },
    "secrecy_referral": {
        **COMMON, "addressee": {"name": "清源县国家保密局", "kind": "org"}, "subject": "关于城北片区（一期）防洪排涝应急预案的请示",
        "formed_on": "2021-05-18", "number": "清自然资请〔2021〕9号",
        "matters": "该请示原定为秘密，保密期限已于2026年5月届满，其中应急物资储点的分布能否公开。\n与同期已公开的防洪规划汇总后，是否属于国家秘密。",
    },
    "disclosure_decision_notice": {
        **COMMON, "addressee": {"name": "安平市城投置业有限公司", "kind": "commercial"}, "consulted_on": "2026-11-02",
        "objected_on": "2026-11-10", "basis": "public_interest", "content": "贵单位2021年报送的地块开发方案中防洪排涝部分，共6页",
        "reason": "该部分关系周边三个村的防洪安全，群众需要据此采取防范措施，不公开会对公共利益造成重大影响", "wait": 5,
    },
    "consultation_applicant_notice": asked(sent_on="2026-11-09", consulted="第三方"),
    "reply_disclose": with_items(ITEMS["disclose"], attachments=[f"{BATCH}复印件"]),
    "reply_refuse": with_items(ITEMS["refuse_process"]),
    "reply_partial": with_items(
        ITEMS["partial"], lacking="申请内容不明确", supplement_notice_on="2026-11-02", supplemented_on="2026-11-06",
        attachments=["城北片区（一期）征收补偿登记表（已作区分处理）复印件", "材料清单"],
    ),
    "reply_not_exist": with_items(ITEMS["not_exist"]),
    "reply_not_ours": with_items(ITEMS["not_ours"], addressee=COMPANY),
    "reply_mixed": with_items(
        ITEMS["disclose"], {**ITEMS["refuse_process"], "seq": 2}, {**ITEMS["not_exist"], "seq": 3},
        extension_notice_on="2026-11-19", extended_due_on="2026-12-23", attachments=[f"{BATCH}复印件"],
    ),
    "lapse_notice": asked(
        cause="supplement", lacking="申请内容不明确", notice_number="清自然资依补〔2026〕7号", notice_on="2026-10-29", served_on="2026-10-29",
        deadline_on="2026-11-19", finding="本机关于2026年11月19日通过预留电话提醒，没有收到补正材料或者不能补正的说明",
    ),
    "fee_lapse_notice": asked(
        cause="fee", received_on="2026-10-12", notice_number="清自然资依费〔2026〕2号", notice_on="2026-10-19",
        served_on="2026-10-20", deadline_on="2026-11-17", finding="经查询财政收缴系统，至期限届满没有收到缴费",
    ),
    "excess_notice": asked(
        counted="自2026年1月1日至10月28日，向本机关提出政府信息公开申请46件，涉及信息312项。\n其中10月提出19件，内容多为同类批复文件的逐份复印件。",
        days=7, reply_to="本机关办公室（清源县府前街18号）", clock_note="说明理由的期间计入答复期限，本机关继续办理您的申请",
    ),
    "delay_notice": asked(
        asked_on="2026-11-02", explained_on="2026-11-06", original_due_on="2026-11-25", until_on="2027-01-29",
        reason="所申请的312项信息分散在2018年至2022年的档案中，需要逐卷调取、审查和去标识化处理",
    ),
    "fee_notice": asked(
        basis="items", month="2026年10月", already=17, count=1, brackets=["第18件：1件，每件100元，计100元"], total=100, days=20, clock_note="本机关自您完成缴费的次日起重新计算答复期限",
        payment_way="持本通知书到清源县自然资源局财务室缴纳，或者登录财政非税收入网上缴款平台，按缴款码缴纳",
        objection_to="本机关办公室（清源县府前街18号，电话0415-3126677）",
    ),
    "withdrawal_confirmation": asked(withdrawn_on="2026-11-18"),
    "referral_letter": {
        **COMMON, "addressee": {"name": "清源县信访局", "kind": "org"}, "arrived_on": "2026-10-28",
        "content": "要求查处北关村村委会违法占地并答复处理结果",
    },
    "communication": asked(matters="拟按照征收批次提供材料，请确认是否符合需要。\n附图为A1幅面，请确认是否接受电子扫描件。", due_on="2026-11-25"),
    "approval_sheet": {
        **with_items({**ITEMS["refuse_process"], "outcome_label": "不予公开（过程性信息）"}), "drafter": "李敏",
        "due_on": "2026-11-25", "submitted_on": "2026-11-18", "chain": ["股室负责人", "局办公室", "分管领导", "主要领导"],
        "reviews": [{"name": "保密审查", "opinion": "经审查，不属于国家秘密，同意拟办意见。", "signed": "周航　2026年11月17日"},
                    {"name": "去标识化审查", "opinion": "答复文稿不含他人个人信息。", "signed": "吴桐　2026年11月17日"}],
        "body_sha256": "9f2c" * 16,
    },
    "archive_index": {
        "office": OFFICE, "case_number": "清自然资申〔2026〕36号", "retention": "30年",
        "entries": [
            {"title": "政府信息公开申请表及身份证明", "author": "王䶮", "date": "20261028", "pages": 3},
            {"number": "清自然资依收〔2026〕36号", "title": "接收回执", "author": "清源县自然资源局", "date": "20261028", "pages": 1},
            {"title": "检索记录", "author": "张立、孙宁", "date": "20261105", "pages": 1},
            {"title": "审查呈批单", "author": "清源县自然资源局", "date": "20261118", "pages": 2},
            {"number": "清自然资依复〔2026〕12号", "title": "政府信息公开申请答复书及附件", "author": "清源县自然资源局", "date": "20261120", "pages": 5},
            {"title": "送达回证", "author": "清源县自然资源局", "date": "20261123", "pages": 1, "note": "邮政EMS"},
        ],
    },
}  # fmt: skip


from letters.samples_after import SAMPLES as AFTER  # noqa: E402 - these build on the samples above
from letters.samples_sheets import SAMPLES as SHEETS  # noqa: E402

SAMPLES |= AFTER | SHEETS
SAMPLES |= {
    code: with_items(ITEMS[row.outcomes[0]])
    for code, row in KINDS.items()
    if row.is_reply and code not in SAMPLES
}


def facts(kind: str) -> dict[str, Any]:
    """Return a copy of the sample facts of a kind."""
    return deepcopy(SAMPLES[kind])
