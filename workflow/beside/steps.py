"""Every step of the records beside the cases, each row one sentence: who may take it from where under which article."""

from __future__ import annotations

from dataclasses import dataclass

from office.roles import Role

INTAKE, HANDLER, HEAD, ALLOCATOR = Role.INTAKE, Role.HANDLER, Role.HEAD, Role.ALLOCATOR
SIGNATORY, ARCHIVIST, SUPERVISOR, SEAL = Role.SIGNATORY, Role.ARCHIVIST, Role.SUPERVISOR, Role.SEAL


@dataclass(frozen=True)
class Step:
    """One step: ``source`` is the stage it starts from ("" makes the record), ``paper`` what it cannot do without."""

    name: str
    label: str
    article: str
    by: frozenset[str]
    source: str
    says: str
    paper: str = ""
    #: Which office of the record takes it, where a record has more than one.
    at: str = "office_id"


def _step(
    name: str,
    label: str,
    source: str,
    by: list[Role],
    article: str,
    says: str,
    paper: str = "",
    *,
    at: str = "office_id",
) -> Step:
    return Step(name, label, article, frozenset(str(role) for role in by), source, says, paper, at)


# fmt: off
STEPS: dict[str, Step] = {step.name: step for step in (
    # -- correction of records about a person 更正 ---------------------------------------------------
    _step("receive_correction", "登记更正申请", "", [INTAKE], "条例第四十一条",
          "公民、法人认为记录与自身不符的，凭证据申请更正；条例未定期限，按内部期限办理。"),
    _step("examine_correction", "核实更正申请", "received", [HANDLER, HEAD], "条例第四十一条",
          "本机关有没有权更正，证据属不属实。"),
    _step("answer_correction", "答复更正申请", "examined", [SIGNATORY], "条例第四十一条",
          "有权且属实的更正并告知；无权的转送并告知；不能证明的告知理由。", "correction_answer"),
    _step("seal_correction", "登记用印", "answered", [INTAKE, SEAL], "条例第四十一条",
          "答复书须用印的，写明印章、份数和日期；用印后才能送达。"),
    _step("serve_correction", "登记更正答复送达", "answered", [INTAKE], "国办公开办函〔2016〕235号",
          "答复书的送达方式、日期。"),
    # -- complaints 投诉举报 --------------------------------------------------------------------------
    _step("seal_complaint", "登记用印", "decided", [INTAKE, SEAL], "条例第四十七条、第五十一条",
          "督促整改通知书、投诉处理告知书须用印的，写明印章、份数和日期；用印后才发给被投诉的机关、送达投诉人。"),
    _step("serve_complaint", "登记告知书送达", "decided", [INTAKE, SUPERVISOR], "条例第五十一条",
          "投诉处理告知书的送达方式、日期。"),
    # -- conversion 转为主动公开 ----------------------------------------------------------------------
    _step("propose_conversion", "提出转为主动公开", "", [INTAKE, HANDLER, HEAD], "条例第四十四条",
          "多人申请同一信息且可以公开的，或者申请人建议的，提出转为主动公开。"),
    _step("approve_conversion", "批准转为主动公开", "proposed", [HEAD, SIGNATORY], "条例第四十四条",
          "审查公开范围和去标识化处理，批准后在内部期限内公开。", "conversion_approval"),
    _step("decline_conversion", "不予转为主动公开", "proposed", [HEAD, SIGNATORY], "条例第四十四条",
          "不属于主动公开范围的，说明理由。"),
    _step("publish_conversion", "登记已经公开", "approved", [INTAKE, HANDLER], "条例第四十四条",
          "公开的位置和日期。"),
    # -- reassessment 定期评估审查 --------------------------------------------------------------------
    _step("list_reassessments", "列出定期评估清单", "", [HEAD], "条例第十八条",
          "列出答复满一年的不予公开、部分公开事项，逐项由人评估。"),
    _step("decide_reassessment", "评估不予公开的信息", "waiting", [HEAD, SIGNATORY], "条例第十八条",
          "因情势变化可以公开的，转为主动公开；仍不公开的，写明理由。"),
    # -- hand-over 移交 -------------------------------------------------------------------------------
    _step("list_handover", "编制移交清单", "", [ARCHIVIST], "档案法第十四条",
          "一个年度已归档、尚未移交的案卷，编成一批。", "archive_handover"),
    # -- numbers 文号 ---------------------------------------------------------------------------------
    _step("reserve_numbers", "预留文号", "", [INTAKE, HEAD], "条例第四十五条",
          "为系统外制作的文件留出接下来的文号；留出的文号不再编给别的文书。"),
    _step("use_number", "登记使用", "reserved", [INTAKE, HEAD], "条例第四十五条",
          "哪一份系统外制作的文件使用了这个文号。"),
    _step("void_number", "作废文号", "reserved", [INTAKE, HEAD], "条例第四十五条",
          "预留的文号不再使用的，写明理由作废；作废的文号不再使用。"),
    # -- annual report 年度报告 -----------------------------------------------------------------------
    _step("begin_report", "建立年度报告", "", [HEAD, ALLOCATOR, INTAKE, SUPERVISOR], "条例第四十九条",
          "一个年度的报告；表三、表四由案件得出，其余由人填写。"),
    _step("enter_report", "录入已公布的年度报告", "", [HEAD, ALLOCATOR, SUPERVISOR], "条例第四十九条",
          "启用本系统以前公布的报告，供核对结转数。"),
    _step("fill_report", "填写年度报告", "draft", [HEAD, ALLOCATOR, INTAKE, SUPERVISOR], "条例第五十条",
          "表二和正文。"),
    _step("publish_report", "登记年度报告已经公布", "draft", [HEAD, SUPERVISOR], "条例第四十九条",
          "勾稽关系（R1至R6）不符的不得公布；公布的数字从此不变。"),
    _step("take_back_report", "撤回年度报告重新编制", "published", [HEAD, SUPERVISOR], "条例第四十九条",
          "发现已经公布的报告有误的，写明理由，改正后重新公布。"),
    # -- monthly and quarterly sheets 月报、季报 --------------------------------------------------------
    _step("file_sheet", "报送统计表", "", [HEAD, ALLOCATOR, INTAKE, SUPERVISOR], "条例第四十六条",
          "统计期满后封存这一期的数字；报送以后不再改动，有误的另行更正报送。"),
    _step("confirm_sheet", "确认统计表", "filed", [HEAD, SUPERVISOR], "条例第四十六条",
          "负责人核对后确认。"),
    # -- supervision 监督 ------------------------------------------------------------------------------
    _step("issue_rectification", "发出督促整改通知书", "", [SUPERVISOR], "条例第四十七条",
          "监督检查发现下级机关、所属部门没有按照要求开展政府信息公开工作的，督促整改。", "supervision_notice"),
    _step("issue_criticism", "发出通报批评", "", [SUPERVISOR], "条例第四十七条",
          "问题突出或者督促后仍不整改的，予以通报批评，并写明通报的范围。", "criticism_notice"),
    _step("seal_notice", "登记用印", "issued", [INTAKE, SEAL], "条例第四十七条",
          "通知书、通报须用印的，写明印章、份数和日期；用印后才发给被督促的机关。"),
    _step("receive_rectification", "签收", "issued", [INTAKE, HEAD], "条例第四十七条",
          "被督促的机关签收通知书。", at="about_id"),
    _step("report_rectified", "报告整改情况", "received", [INTAKE, HEAD], "条例第四十七条",
          "被督促的机关在整改期限内逐项报告整改情况。", at="about_id"),
    _step("return_rectified", "退回继续整改", "reported", [SUPERVISOR], "条例第四十七条",
          "整改没有到位的，说明理由，另定期限。"),
    _step("close_rectification", "核实销号", "reported", [SUPERVISOR], "条例第四十七条",
          "核实整改到位的，予以销号。"),
    _step("draw_inspection", "抽取案件", "", [SUPERVISOR], "条例第四十六条",
          "从一段时间内已经答复的案件中随机抽取；随机种子记录在案，任何人可以照样重抽。"),
    _step("check_sheet", "填写结果单", "drawn", [SUPERVISOR], "条例第四十六条",
          "逐件核对系统列出的问题，写明检查意见。"),
    _step("close_inspection", "完成抽查", "drawn", [SUPERVISOR], "条例第四十六条",
          "全部案件检查完毕后，写明小结。"),
    _step("begin_bulletin", "起草月度通报", "", [SUPERVISOR], "条例第四十六条",
          "一个月的受理、办结、逾期和督办情况，数字由案件得出。"),
    _step("fill_bulletin", "填写通报", "draft", [SUPERVISOR], "条例第四十六条", "存在的问题和下一步要求。"),
    _step("recount_bulletin", "重新取数", "draft", [SUPERVISOR], "条例第四十六条",
          "按今天登记的情况重新计算，原来的数字不再保留。"),
    _step("settle_bulletin", "定稿", "draft", [SUPERVISOR], "条例第四十六条", "定稿以后数字和文字不再变动。"),
    _step("reopen_bulletin", "撤回定稿", "settled", [SUPERVISOR], "条例第四十六条", "发现有误的，写明理由，改后重新定稿。"),
    _step("accept_handover", "登记接收", "listed", [ARCHIVIST], "档案法第十四条",
          "档案机构清点接收，写明接收人和日期。"),
)}
# fmt: on
