"""Walks over the tree of offices, one query each, the same on both databases."""

from __future__ import annotations

from datetime import date

from django.db import connections

ANCESTORS = """
WITH RECURSIVE above(id, parent_id, depth) AS (
  SELECT id, parent_id, 0 FROM office_office WHERE id = %s
  UNION ALL
  SELECT o.id, o.parent_id, above.depth + 1 FROM office_office o JOIN above ON o.id = above.parent_id
  WHERE above.depth < 50
) SELECT id FROM above WHERE depth > 0 ORDER BY depth
"""

DESCENDANTS = """
WITH RECURSIVE below(id) AS (
  SELECT id FROM office_office WHERE parent_id = %s
  UNION
  SELECT o.id FROM office_office o JOIN below ON o.parent_id = below.id
) SELECT id FROM below
"""

# A supervisor's duty runs down the tree; no other duty does, and none runs sideways or up.
HELD = """
WITH RECURSIVE held(office_id, role) AS (
  SELECT office_id, role FROM office_post
  WHERE user_id = %s AND from_on <= %s AND (to_on IS NULL OR to_on >= %s)
    AND office_id = COALESCE(%s, office_id)
  UNION
  SELECT o.id, held.role FROM office_office o JOIN held ON o.parent_id = held.office_id
  WHERE held.role = 'supervisor'
) SELECT office_id, role FROM held
"""


def _ids(sql: str, office_id: int, using: str) -> list[int]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [office_id])
        return [row[0] for row in cursor.fetchall()]


def ancestor_ids(office_id: int, using: str = "default") -> list[int]:
    """Return the ids of the offices above, nearest first."""
    return _ids(ANCESTORS, office_id, using)


def descendant_ids(office_id: int, using: str = "default") -> list[int]:
    """Return the ids of all offices below, in no order."""
    return _ids(DESCENDANTS, office_id, using)


def roles_held(
    user_id: int, on: date, using: str = "default", *, office_id: int | None = None
) -> dict[int, frozenset[str]]:
    """Return, by office, the roles a person holds on a day, with supervision carried down the tree.

    With ``office_id`` only the posts in that office count (and what its supervision reaches below).
    """
    found: dict[int, set[str]] = {}
    with connections[using].cursor() as cursor:
        cursor.execute(HELD, [user_id, on, on, office_id])
        for office_id, role in cursor.fetchall():
            found.setdefault(office_id, set()).add(role)
    return {office_id: frozenset(roles) for office_id, roles in found.items()}
