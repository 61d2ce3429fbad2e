"""The board, its lists, a case's rows and the reminders on a loaded database: medians over DATABASE_URL."""

import time
from collections.abc import Sequence
from functools import partial

from django.db import transaction

from bench.timing import measure
from office.models import OutboxMessage, User
from office.today import now, today
from workflow.models import Case
from workflow.notices import reminders
from workflow.selectors import board as boards
from workflow.selectors.board import Scope
from workflow.selectors.boards.pulse import pulse
from workflow.selectors.boards.views import VIEWS
from workflow.selectors.timeliness import open_cases

DJANGO = True


def run(arguments: Sequence[str]) -> None:
    """Print what each costs the county's supervisor, who sees every office."""
    day = today()
    user = User.objects.get(username="load-supervisor")
    print(f"{Case.objects.count():,} cases, {open_cases(Case.objects.all()).count():,} open")
    for name, work in (
        ("board", lambda: boards.board(user, on=day)),
        ("list: overdue", lambda: boards.case_list(user, on=day, standing="overdue")),
        ("list: later", lambda: boards.case_list(user, on=day, standing="later")),
        ("list: paused", lambda: boards.case_list(user, on=day, standing="paused")),
        ("list: all open", lambda: boards.case_list(user, on=day)),
        *((f"view: {name}", partial(make, user, Scope(), on=day)) for name, (_, make) in VIEWS.items()),
        ("list: forecast at own pace", lambda: boards.case_list(user, on=day, ahead=10, pace=True)),
        ("anything new?", lambda: pulse(user, on=day)),
        ("reminders, found", lambda: list(reminders.find(on=day))),
    ):
        print(measure(name, work, rounds=5).line())
    with transaction.atomic():
        began = time.monotonic()
        posted = reminders.post_new(reminders.find(on=day), now=now())
        print(f"{posted:,} reminders queued in {time.monotonic() - began:.2f} s")
        again = reminders.post_new(reminders.find(on=day), now=now())
        assert again == 0, again
        assert OutboxMessage.objects.filter(kind=reminders.KIND).count() == posted
        transaction.set_rollback(True)
