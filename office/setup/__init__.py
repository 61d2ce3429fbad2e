"""Set up a real office from files: its tree and units, its people and their duties."""

from .errors import BadFile
from .officefile import load_offices
from .peoplefile import load_people

__all__ = ["BadFile", "load_offices", "load_people"]
