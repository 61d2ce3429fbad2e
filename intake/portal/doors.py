"""What the applicant's session holds: the receipt until it is seen, the case that was opened with a code."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from office import keys

RECEIPT, FOLLOWED = "portal_receipt", "portal_case"
#: How long a case stays open in a browser that does nothing.
IDLE = timedelta(minutes=30)


def hand_receipt(request: HttpRequest, filed: Any) -> None:
    """Put the receipt where the next page finds it; sealed, since the session lies in the database."""
    case = filed.case
    shown = {
        "number": case.number,
        "query_code": filed.query_code,
        "office_name": case.office.name,
        "office_phone": case.office.phone,
        "received_on": case.received_on.isoformat() if case.received_on else "",
        "due_on": case.due_on.isoformat() if case.due_on else "",
    }
    request.session[RECEIPT] = keys.seal(json.dumps(shown, ensure_ascii=False))


def take_receipt(request: HttpRequest) -> dict[str, Any] | None:
    """Take the receipt out of the session: it is shown once."""
    sealed = request.session.pop(RECEIPT, None)
    return json.loads(keys.unseal(sealed)) if sealed else None


def holds_receipt(request: HttpRequest) -> bool:
    """Tell whether a receipt waits in the session to be seen."""
    return RECEIPT in request.session


def open_case(request: HttpRequest, case_id: int, *, now: datetime) -> None:
    """Open a case in this browser, under a new session number."""
    request.session.cycle_key()
    request.session[FOLLOWED] = {"case": case_id, "seen": now.isoformat()}


def opened_case(request: HttpRequest, *, now: datetime) -> int | None:
    """Tell which case is open in this browser, or None when none is or it lay idle too long."""
    held = request.session.get(FOLLOWED)
    if not held:
        return None
    if now - datetime.fromisoformat(held["seen"]) > IDLE:
        close_case(request)
        return None
    request.session[FOLLOWED] = {**held, "seen": now.isoformat()}
    return int(held["case"])


def close_case(request: HttpRequest) -> None:
    """Close the case in this browser."""
    request.session.pop(FOLLOWED, None)
