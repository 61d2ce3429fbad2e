"""Who asks, and for what: invented people, companies and requests."""

from __future__ import annotations

import random
from dataclasses import dataclass

from workflow.load.words import COMPANIES, GIVEN, LAW_FIRMS, SUBJECTS, SURNAMES, VILLAGES

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# A region code that is given to no region, so that no number can be a person's.
REGION = "990121"


@dataclass(frozen=True)
class Applicant:
    """One applicant as written on a request."""

    kind: str
    name: str
    id_kind: str
    id_number: str
    phone: str
    address: str

    @property
    def natural(self) -> bool:
        """Tell whether this is a natural person."""
        return self.kind == "natural"


def draw_applicant(rng: random.Random) -> Applicant:
    """Draw an applicant: eight in ten are natural persons, some of whom ask again and again."""
    # A limited crowd, so that many requests of one person are found by the hash of the number.
    who = int(rng.paretovariate(1.1)) % 40_000
    phone, place = f"1990{who:07d}", VILLAGES[who % len(VILLAGES)]
    share = rng.random()
    if share < 0.8:
        name = SURNAMES[who % len(SURNAMES)] + GIVEN[who // 7 % len(GIVEN)]
        born = f"{1940 + who % 65}{1 + who % 12:02}{1 + who % 28:02}"
        body = f"{REGION}{born}{who % 1000:03d}"
        return Applicant(
            "natural", name, "resident_id", body + _check(body), phone, f"云岫县{place}{who % 90 + 1}号"
        )
    code = f"91990121MA{who:07d}X"
    if share < 0.9:
        return Applicant(
            "commercial", COMPANIES[who % len(COMPANIES)], "credit_code", code, phone, f"云岫县{place}"
        )
    if share < 0.96:
        return Applicant(
            "legal_service", LAW_FIRMS[who % len(LAW_FIRMS)], "credit_code", code, phone, "云岫县岫阳镇"
        )
    return Applicant(
        "other_org", f"云岫县{place}村民小组", "no_code_cert", f"无代码{who}", phone, f"云岫县{place}"
    )


def _check(body: str) -> str:
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def requests(rng: random.Random, number: int, year: int) -> list[str]:
    """Draw what is asked for, one description an item."""
    place = rng.choice(VILLAGES)
    return [
        text.format(year=year - rng.randrange(1, 6), place=place) for text in rng.sample(SUBJECTS, number)
    ]
