"""Rows of the papers' floor, a file for each."""

from .office_change import OfficeChange
from .own_wording import OwnWording
from .paper import Paper
from .reserved import NumberReservation, ReservedNumber, Voiding
from .seal import Seal, SealUse
from .seal_image import SealImage
from .series import NumberSeries

__all__ = [
    "NumberReservation",
    "NumberSeries",
    "OfficeChange",
    "OwnWording",
    "Paper",
    "ReservedNumber",
    "Seal",
    "SealImage",
    "SealUse",
    "Voiding",
]
