"""The machine's rows about documents: attached, replaced, hidden, reviewed one by one; none of them moves the case."""

from __future__ import annotations

from office.roles import Role
from workflow import conditions as when
from workflow import conditions_holdings as holding
from workflow.acts import act
from workflow.states import AT_UNITS, REGISTERED_ON, S

HANDLER, UNIT_HEAD, SECRECY = Role.HANDLER, Role.UNIT_HEAD, Role.SECRECY
HEAD, SIGNATORY, REDACTION, LEGAL = Role.HEAD, Role.SIGNATORY, Role.REDACTION, Role.LEGAL
STAYS = None
BEFORE_SIGNATURE = (S.HANDLING, S.REVIEWING, S.SIGNING)
REVIEWED_IN = (S.HANDLING, S.REVIEWING)

# fmt: off
HOLDING_ACTS = (
    act("add_holding", "登记材料", S.HANDLING, STAYS, by=[HANDLER], article="条例第十七条、第三十六条",
        when=[when.is_my_case],
        says="检索到的文件逐份上传，封存原件，由系统制作工作副本；涉密文件不得上传。"),
    act("replace_holding", "更换材料版本", BEFORE_SIGNATURE, STAYS, by=[HANDLER], article="条例第十七条",
        when=[when.is_my_case, holding.something_attached],
        says="换上新的文件；原版本保留，已经签署的保密审查随即失效，须重新审查。"),
    act("register_card", "登记涉密文件卡片", REVIEWED_IN, STAYS, by=[HANDLER, SECRECY], article="保密法第三十一条",
        says="涉密文件不进入本系统：只登记编号、密级、期限、定密机关、存放处；标题本身不涉密的才写标题。"),
    act("conclude_card", "登记涉密文件的结论", REVIEWED_IN, STAYS, by=[HANDLER, SECRECY], article="保密法第三十一条",
        when=[holding.cards_open],
        says="线下审查作出结论的，登记结论、机构、日期和依据。"),
    act("report_mark", "报告密级标志", AT_UNITS, STAYS, by=[HANDLER, UNIT_HEAD, SECRECY, REDACTION, LEGAL, HEAD, SIGNATORY],
        article="保密法第三十一条", when=[holding.something_attached],
        says="发现材料带有密级标志的，立即隔离：停止处理，只有保密审查员看得到，并通知保密审查员。"),
    act("settle_quarantine", "处理隔离的材料", REGISTERED_ON, STAYS, by=[SECRECY], article="保密法第三十一条",
        when=[holding.something_quarantined],
        says="认定不属于国家秘密、已经解密，或者确属国家秘密而从本系统清除。"),
    act("settle_mark", "认定密级等标志", REVIEWED_IN, STAYS, by=[HANDLER, SECRECY], article="条例第十七条",
        when=[holding.marks_to_settle],
        says="系统找到的密级、工作秘密、内部资料、签批等标志只是提示，由人逐处认定或者排除。"),
    act("begin_holding_review", "保密初审", REVIEWED_IN, STAYS, by=[HANDLER], article="条例第十七条、保密法第三十五条",
        when=[when.is_my_case, holding.review_to_begin],
        says="一事一审：一份材料一份审查记录，逐项对照条例第十四条至第十六条，权衡表述、时机和方式。"),
    act("review_holding", "逐级保密审查", REVIEWED_IN, STAYS, by=[UNIT_HEAD, SECRECY, HEAD, SIGNATORY],
        article="条例第十七条、保密法第三十五条", when=[holding.my_level],
        says="逐级签署意见；最后一级签署时锁定所审原件的摘要值，换了文件即失效。"),
    act("refer_holding", "报请确定是否公开", REVIEWED_IN, STAYS, by=[HANDLER, UNIT_HEAD, SECRECY, HEAD],
        article="条例第十七条", when=[holding.review_running], paper="secrecy_referral", binds=True,
        says="不能确定能否公开的，报有关主管部门或者保密行政管理部门确定；答复期限照常计算。"),
    act("record_determination", "登记确定意见", REVIEWED_IN, STAYS, by=[HANDLER, SECRECY, HEAD], article="条例第十七条",
        when=[holding.answer_awaited],
        says="登记主管部门或者保密行政管理部门的复函；认定属于国家秘密的，材料随即隔离。"),
)
# fmt: on
