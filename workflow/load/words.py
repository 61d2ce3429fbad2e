"""Invented words of the made-up cases: nobody and no place by these names exists."""

from __future__ import annotations

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    "采薇",
    "子衿",
    "思齐",
    "鹿鸣",
    "静女",
    "伯兮",
    "南山",
    "甘棠",
    "清扬",
    "木瓜",
    "小宛",
    "长发",
    "云汉",
    "采蘩",
)
COMPANIES = ("青禾农业有限公司", "岫阳建材有限公司", "白石物业服务有限公司", "溪口置业有限公司")
LAW_FIRMS = ("云岫衡平律师事务所", "澜川正辞律师事务所")
VILLAGES = ("采薇村", "白石村", "溪口村", "南陌村", "清扬社区", "甘棠社区", "鹿鸣里社区", "芣苢村")
SUBJECTS = (
    "{year}年度{place}土地征收补偿安置方案", "{place}集体土地征收批准文件", "{place}房屋征收补偿分户清单",
    "{year}年度{place}低保对象公示名单", "{place}道路改建工程施工许可文件", "{place}水库除险加固工程竣工验收报告",
    "{year}年度{place}农业补贴发放明细", "{place}国有土地使用权出让合同", "{place}规划许可附图",
    "{year}年{place}财政专项资金使用情况", "{place}环境影响评价批复文件", "{place}河道采砂许可文件",
)  # fmt: skip
FORMS = ("paper", "electronic", "paper", "electronic", "disc", "reading")

# outcome → (weight, grounds, reason, facts): what a handler would have proposed.
OUTCOMES: dict[str, tuple[int, list[str], str, dict[str, str]]] = {
    "disclose": (42, [], "", {"provided": "随本答复书提供复印件1份"}),
    "already_public": (12, [], "", {"where": "县人民政府门户网站“政府信息公开”专栏"}),
    "partial": (
        10, ["条例第十五条", "条例第三十七条"], "清单中的身份证号码和银行账号属于个人隐私",
        {"provided": "随本答复书提供删去有关内容后的复印件1份", "withheld": "清单中的身份证号码和银行账号"},
    ),
    "refuse_process": (
        8, ["条例第十六条第二款"], "该材料系内部讨论形成的过程稿，尚未形成对外决定",
        {"discretion": "公开未定论的讨论意见会影响讨论的坦率", "inseparable": "全文均为讨论意见，不能作区分处理"},
    ),
    "not_exist": (14, [], "", {}),
    "not_ours": (
        8, [], "该信息由其他机关在履行职责过程中制作",
        {"other_office": "云岫县人民政府办公室，联系电话0900-6210003"},
    ),
    "admin_query": (
        4, [], "不动产登记资料的查询适用专门规定",
        {"query_way": "持身份证明到县不动产登记中心依照《不动产登记资料查询暂行办法》申请查询"},
    ),
    "repeat": (2, [], "您此前就相同内容提出的申请已经答复", {"earlier_number": "此前的答复书"}),
}  # fmt: skip
SEARCH = {
    "systems": "综合档案管理系统、本科室纸质档案", "keywords": "地名、项目名称", "period": "2015年1月至申请之日",
    "method": "关键词检索并逐卷核对",
}  # fmt: skip
LACKING = "申请内容不明确"
MATTERS = "所需信息的名称、文号或者便于查询的其他特征性描述不明确"
GUIDANCE = "请写明项目名称、形成时间或者文号"
EXTENSION = "涉及的档案年代较久，查找、核对需要时间"
FINDING = "经电话提醒，申请人没有说明理由，也没有补正"

# code, name, 机关代字, kind, level, share of the county's requests, units
COUNTY = (
    ("gov", "人民政府", "政", "government", "county", 8, ("政务公开股", "督查室")),
    ("zfb", "人民政府办公室", "政办", "government_office", "county", 6, ("政务公开股", "秘书股")),
    ("zrzy", "自然资源局", "自然资", "department", "county", 24, ("耕地保护股", "确权登记股", "规划股")),
    ("zjj", "住房和城乡建设局", "住建", "department", "county", 16, ("房屋征收股", "建筑业管理股")),
    ("nyj", "农业农村局", "农", "department", "county", 8, ("种植业股", "农村经营股")),
    ("czj", "财政局", "财", "department", "county", 4, ("预算股", "国库股")),
    ("mzj", "民政局", "民", "department", "county", 5, ("社会救助股", "区划地名股")),
    ("sthj", "生态环境局", "环", "department", "county", 6, ("环评股", "法规股")),
    ("slj", "水利局", "水", "department", "county", 4, ("河湖股", "工程建设股")),
    ("jyj", "教育局", "教", "department", "county", 4, ("基础教育股", "人事股")),
    ("zhen1", "白石镇人民政府", "白政", "township", "township", 6, ("党政办", "自然资源所")),
    ("zhen2", "溪口镇人民政府", "溪政", "township", "township", 5, ("党政办", "自然资源所")),
    ("zhen3", "南陌镇人民政府", "南政", "township", "township", 4, ("党政办", "自然资源所")),
)  # fmt: skip
