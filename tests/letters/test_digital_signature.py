"""The digital signature on a letter: validated by the library that made it, broken by the least change."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from letters.digital_signature import CannotSign, can_sign, signed
from tests.letters.measure import plain
from tests.letters.papers import drawn
from tests.letters.pdfa import faults

PASSWORD = "测试口令"


@pytest.fixture
def key(settings, tmp_path: Path) -> bytes:
    """Make a key and a certificate of its own; return the certificate."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "清源县自然资源局")])
    begun = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key()).serial_number(7)
        .not_valid_before(begun).not_valid_after(begun + dt.timedelta(days=36500))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(private, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path / "office.p12"
    path.write_bytes(serialize_key_and_certificates(
        b"office", private, certificate, None, BestAvailableEncryption(PASSWORD.encode())
    ))  # fmt: skip
    settings.SIGN_PKCS12, settings.SIGN_PASSWORD = str(path), PASSWORD
    return certificate.public_bytes(Encoding.DER)


def validated(pdf: bytes, certificate: bytes):
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    trust = ValidationContext(trust_roots=[Certificate.load(certificate)])
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, trust)


def test_a_signed_letter_is_valid_whole_and_says_the_same(key: bytes):
    letter = drawn("reply_refuse")
    made = signed(letter, reason="出具答复书")
    assert made.startswith(letter)  # appended: what was frozen is still there
    status = validated(made, key)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage.name == "ENTIRE_FILE"
    assert plain(made) == plain(letter)


def test_a_signed_letter_is_still_fit_for_the_archive(key: bytes):
    found = faults(signed(drawn("reply_refuse"), reason="出具答复书"))
    # The library names itself beside the other makers in one place and alone in the other, which part 2 allows.
    assert found in ([], ["6.6.3: /Producer differs from the metadata"])


def test_a_change_of_one_byte_is_seen(key: bytes):
    made = bytearray(signed(drawn("reply_refuse"), reason="出具答复书"))
    made[len(drawn("reply_refuse")) // 2] ^= 1
    assert not validated(bytes(made), key).intact


def test_without_a_key_nothing_is_signed(settings):
    settings.SIGN_PKCS12 = ""
    assert not can_sign()
    with pytest.raises(CannotSign, match="没有设置"):
        signed(drawn("reply_refuse"), reason="出具答复书")


@pytest.mark.parametrize(
    "spoil, why", [("password", "SIGN_PASSWORD"), ("missing", "无法读取"), ("rubbish", "不能打开")]
)
def test_a_key_that_cannot_be_used_is_told_without_its_secrets(key: bytes, settings, spoil: str, why: str):
    path = Path(settings.SIGN_PKCS12)
    if spoil == "password":
        settings.SIGN_PASSWORD = "另一口令"
    elif spoil == "missing":
        path.unlink()
    else:
        path.write_bytes(b"no key")
    with pytest.raises(CannotSign, match=why) as caught:
        signed(drawn("reply_refuse"), reason="出具答复书")
    assert str(path) not in caught.value.message
    assert PASSWORD not in caught.value.message


def test_the_command_signs_where_that_is_asked_for(key: bytes, settings, tmp_path: Path):
    from tests.letters import samples
    from tests.letters.test_commands import run

    assert run(samples.facts("reply_refuse"), tmp_path, "--sign") == (0, "")
    assert validated((tmp_path / "out.pdf").read_bytes(), key).valid
    settings.SIGN_PKCS12 = ""
    code, said = run(samples.facts("reply_refuse"), tmp_path, "--sign")
    assert code == 2
    assert "没有设置签名密钥" in said
