"""Typeset blocks of text as an official document on the page of GB/T 9704-2012; knows no Django."""

from letters.typeset.archival import archival
from letters.typeset.draw import draw
from letters.typeset.errors import MissingGlyph, TypesetError
from letters.typeset.faces import Faces, default_faces
from letters.typeset.flow import layout
from letters.typeset.model import Laid

__all__ = ["Faces", "Laid", "MissingGlyph", "TypesetError", "archival", "default_faces", "draw", "layout"]
