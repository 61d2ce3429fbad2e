"""An office's working copy of a draft as .docx: written from blocks, read back, compared; never what is signed."""

from letters.working_copy.applying import Edited, apply, edited_from
from letters.working_copy.reading import BadWorkingCopy, read
from letters.working_copy.writing import write

__all__ = ["BadWorkingCopy", "Edited", "apply", "edited_from", "read", "write"]
