"""One page for each act: its form, what it would bring, and the action it calls."""

from workflow.desk.acts.base import ActPage, Doing
from workflow.desk.acts.bundling import PAGES as BUNDLING
from workflow.desk.acts.changes import PAGES as CHANGES
from workflow.desk.acts.consultation import PAGES as CONSULTATION
from workflow.desk.acts.excess_fee import PAGES as EXCESS_FEE
from workflow.desk.acts.handling import PAGES as HANDLING
from workflow.desk.acts.holding_review import PAGES as HOLDING_REVIEW
from workflow.desk.acts.holdings import PAGES as HOLDINGS
from workflow.desk.acts.mail import PAGES as MAIL
from workflow.desk.acts.nature import PAGES as NATURE
from workflow.desk.acts.propose import PAGES as PROPOSING
from workflow.desk.acts.receipt import PAGES as RECEIPT
from workflow.desk.acts.remedies import PAGES as REMEDIES
from workflow.desk.acts.review import PAGES as REVIEW
from workflow.desk.acts.sealing import PAGES as SEALING
from workflow.desk.acts.service import PAGES as SERVICE
from workflow.desk.acts.share import PAGES as SHARES
from workflow.desk.acts.transfer import PAGES as TRANSFER
from workflow.desk.acts.urging import PAGES as URGING

#: Every act of the machine that a person of the office may do, by name.
PAGES: dict[str, ActPage] = {
    page.act: page
    for page in (
        *RECEIPT,
        *NATURE,
        *EXCESS_FEE,
        *TRANSFER,
        *URGING,
        *BUNDLING,
        *SHARES,
        *CONSULTATION,
        *HANDLING,
        *PROPOSING,
        *HOLDINGS,
        *HOLDING_REVIEW,
        *REVIEW,
        *SEALING,
        *SERVICE,
        *MAIL,
        *REMEDIES,
        *CHANGES,
    )
}

__all__ = ["PAGES", "ActPage", "Doing"]
