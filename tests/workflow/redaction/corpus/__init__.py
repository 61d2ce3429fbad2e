"""Files that hide an identity number in every way a file can."""

from tests.workflow.redaction.corpus import beside_pages, on_pages, other_files
from tests.workflow.redaction.corpus.case import CASES, Case

__all__ = ["CASES", "Case", "beside_pages", "on_pages", "other_files"]
