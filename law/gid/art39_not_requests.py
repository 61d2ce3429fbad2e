"""条例第三十九条: petitions, complaints and tip-offs in the form of a request; requests for published matter."""

from __future__ import annotations

from law.outcomes import Outcome

#: What the reply tells: where such a matter is taken to, and the way to get what is published.
TELLS = {
    Outcome.PETITION: ("不作为政府信息公开申请处理", "相应渠道"),
    Outcome.PUBLICATION: ("获取的途径",),
}


def as_asked(*, complains: bool, published_matter: bool) -> Outcome | None:
    """Tell the outcome of what is no request for information; nothing where it is one.

    :param complains: it petitions, complains or informs (信访、投诉、举报) and asks for no information
    :param published_matter: it asks for gazettes, newspapers, journals or books (公报、报刊、书籍)
    """
    if complains:
        return Outcome.PETITION
    return Outcome.PUBLICATION if published_matter else None
