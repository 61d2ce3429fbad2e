"""The digital signature (数字签名) of an office's installation on a PDF, with a key of PKCS#12 named in a setting."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.conf import settings

from office.errors import Refusal

FIELD = "Signature1"


class CannotSign(Refusal):
    """Raised where there is no key, or it cannot be used; its message holds neither path nor password."""

    def __init__(self, message: str) -> None:
        super().__init__("cannot_sign", message)


def can_sign() -> bool:
    """Tell whether the installation has a key to sign with (setting SIGN_PKCS12)."""
    return bool(settings.SIGN_PKCS12)


def signed(pdf: bytes, *, reason: str) -> bytes:
    """Return a PDF with the installation's signature over all of it (PAdES, SHA-256), appended and not seen on a page.

    The file as it was drawn stays in it byte for byte; two signatures of one file differ by their time. Raises CannotSign.
    """
    if not can_sign():
        raise CannotSign("没有设置签名密钥（SIGN_PKCS12），不能作数字签名")
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter
    except ImportError as error:
        raise CannotSign("没有安装数字签名的组件，请安装 requirements-signature.lock 后再试") from error
    details = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", reason=reason, subfilter=SigSeedSubFilter.PADES
    )
    out = io.BytesIO()
    signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), details, signer=_signer(), output=out)
    return out.getvalue()


def _signer() -> Any:
    from pyhanko.sign import signers

    try:
        content = Path(settings.SIGN_PKCS12).read_bytes()
    except OSError as error:
        raise CannotSign("签名密钥文件无法读取，请检查 SIGN_PKCS12 和文件的权限") from error
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    password = settings.SIGN_PASSWORD.encode() or None
    try:
        held = load_pkcs12(content, password)
    except ValueError as error:
        raise CannotSign("签名密钥不能打开，请检查 SIGN_PASSWORD，或者换成 PKCS#12 文件") from error
    if held.key is None or held.cert is None:
        raise CannotSign("签名密钥文件中没有私钥或者证书，请重新导出")
    made = signers.SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password)
    if made is None:
        raise CannotSign("签名密钥的算法不受支持，请换成 RSA 或者 ECDSA 密钥")
    return made
