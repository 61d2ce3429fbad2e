"""条例第十五条: information that would harm a third party's lawful rights, and when it is disclosed all the same."""

from __future__ import annotations


def withheld(*, harms: bool, consents: bool, public_interest: bool) -> bool:
    """Say whether information is withheld for a third party's sake.

    It is disclosed where the third party consents or where withholding it would gravely affect the public interest.

    :param harms: disclosure would harm the third party's lawful rights (商业秘密、个人隐私 and others)
    :param consents: the third party agrees to disclosure
    :param public_interest: withholding would gravely affect the public interest
    """
    return harms and not consents and not public_interest
