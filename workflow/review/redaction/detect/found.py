"""One suggestion of a detector, and the Chinese name of each kind."""

from __future__ import annotations

from dataclasses import dataclass

RESIDENT_ID, PASSPORT, PERMIT = "resident_id", "passport", "permit"
MOBILE, LANDLINE, BANK_CARD, CREDIT_CODE = "mobile", "landline", "bank_card", "credit_code"
PLATE, EMAIL, WECHAT, QQ = "plate", "email", "wechat", "qq"
ADDRESS, BIRTH_DATE, NAME, MEDICAL, MINOR = "address", "birth_date", "name", "medical", "minor"
QR_CODE, FACE, SEAL, SIGNATURE, UNREAD = "qr_code", "face", "seal", "signature", "unread"

LABELS = {
    RESIDENT_ID: "居民身份证号码", PASSPORT: "护照号码", PERMIT: "出入境通行证件号码", MOBILE: "手机号码",
    LANDLINE: "固定电话号码", BANK_CARD: "银行卡号", CREDIT_CODE: "统一社会信用代码", PLATE: "机动车号牌",
    EMAIL: "电子邮箱", WECHAT: "微信号", QQ: "QQ号", ADDRESS: "详细地址", BIRTH_DATE: "出生日期", NAME: "姓名",
    MEDICAL: "健康医疗信息", MINOR: "未成年人信息", QR_CODE: "二维码", FACE: "人脸", SEAL: "印章",
    SIGNATURE: "手写签名", UNREAD: "未能识别的图像",
}  # fmt: skip

#: Below it a suggestion is a suspicion (疑似): shown, but never counted as found.
SUSPECTED = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of text that looks like personal data: `start` to `end` in characters, why, and how sure (0 to 1)."""

    kind: str
    start: int
    end: int
    text: str
    reason: str
    confidence: float
    rule: str = ""

    @property
    def suspected(self) -> bool:
        """This function will tell whether it is a suspicion only."""
        return self.confidence < SUSPECTED
