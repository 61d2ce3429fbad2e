"""Tells what a file is by its content alone; a file that could be two things is refused."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

from workflow.review.sandbox.unfit import Unfit

LABELS = {
    "pdf": "PDF", "jpg": "JPG 图片", "png": "PNG 图片", "tiff": "TIFF 图片", "docx": "Word 文档（docx）",
    "xlsx": "Excel 表格（xlsx）", "pptx": "演示文稿（pptx）", "odt": "ODT 文档", "txt": "纯文本", "html": "网页（html）",
    "eml": "电子邮件（eml）", "zip": "压缩包（zip）",
}  # fmt: skip
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EOCD, CENTRAL = b"PK\x05\x06", b"PK\x01\x02"
#: More entries than any document has; a table of contents longer than this is not even read.
MOST_ENTRIES = 5000
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
ODT = "application/vnd.oasis.opendocument.text"
HTML = re.compile(
    r"\A\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|title|table|div|p)\b",
    re.I | re.S,
)
HEADER = re.compile(r"\A(From [^\n]*\n)?([A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\n([ \t][^\n]*\n)*)+\n")
OF_MAIL = {
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "content-type",
}


def tell(content: bytes) -> str:
    """Return the kind of a file. Raises Unfit for one that is cut off, ambiguous or of no kind that is taken."""
    if not content:
        raise Unfit("file_empty", "文件是空的，请检查后重新上传。")
    kind = _by_magic(content) or _by_text(content)
    if kind is None:
        raise Unfit(
            "file_kind", f"文件内容不是可接收的类型（{'、'.join(LABELS.values())}），请转换为 PDF 后上传。"
        )
    _only_that(kind, content)
    return kind


def _by_magic(content: bytes) -> str | None:
    head = content[:16]
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] in (b"II*\x00", b"MM\x00*"):
        return "tiff"
    if head.startswith(b"PK\x03\x04"):
        return _packed(content)
    if head.startswith(OLD_OFFICE):
        raise Unfit(
            "old_office_file",
            "这是旧版 Office、WPS 文件或者设有密码的文档，请取消密码并另存为 docx、xlsx、pptx 或者 PDF 后上传。",
        )
    return None


def _packed(content: bytes) -> str:
    """Look into a zip container; Office files are told by the parts they must have."""
    if content.count(CENTRAL) > MOST_ENTRIES:
        raise Unfit("file_bomb", "压缩包里的条目过多，无法接收，请拆分后上传。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                found = next((kind for part, kind in MAIN_PARTS.items() if part in names), None)
                if found is None:
                    raise Unfit("file_kind", "这个文件不是 docx、xlsx 或者 pptx，请打印为 PDF 后上传。")
                return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                if said == ODT:
                    return "odt"
                if said.startswith("application/vnd.oasis"):
                    raise Unfit("file_kind", "ODF 文件只接收 odt 文档，表格和演示文稿请打印为 PDF 后上传。")
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError):
        raise Unfit("file_cut", "压缩文件已损坏或者没有传完，请重新保存后上传。") from None
    return "zip"


def decode(content: bytes) -> str | None:
    """Decode text as UTF-8, UTF-16 with its mark, or GB18030; None when it is none of them."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _by_text(content: bytes) -> str | None:
    text = decode(content)
    if text is None or not _is_plain(text):
        return None if text is None or not _is_mail(text) else "eml"
    if HTML.match(text[:4000]):
        return "html"
    return "eml" if _is_mail(text) else "txt"


def _is_mail(text: str) -> bool:
    found = HEADER.match(text[:200_000].replace("\r\n", "\n"))
    if found is None:
        return False
    names = {line.partition(":")[0].lower() for line in found.group().splitlines() if line[:1].strip()}
    return len(names & OF_MAIL) >= 2 and bool(names & {"from", "received", "return-path"})


def _is_plain(text: str) -> bool:
    # Cn and Co: GB18030 decodes nearly any bytes, but then into characters that do not exist.
    return all(c in "\t\n\r\f" or unicodedata.category(c) not in ("Cc", "Cn", "Co", "Cs") for c in set(text))


def _only_that(kind: str, content: bytes) -> None:
    """Refuse a file that another program would take for something else."""
    zipped = kind in ("zip", "docx", "xlsx", "pptx", "odt")
    other = not zipped and EOCD in content[-66_000:] and zipfile.is_zipfile(io.BytesIO(content))
    if kind != "pdf" and b"%PDF-" in content[:1024] and kind != "eml":
        other = True
    if kind == "pdf" and re.search(rb"<(script|html|svg)\b", content[:1024], re.I):
        other = True
    if other:
        raise Unfit(
            "file_two_kinds", "文件同时是两种格式，可能经过伪装，请在原软件中重新保存或者打印为 PDF 后上传。"
        )
