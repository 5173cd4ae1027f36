"""A portal with people in it: invented, the same each time."""

import time
from collections.abc import Callable

from tests.fakes.bitrix24.portal import Portal

SPELLINGS = ("+7916{:07d}", "8916{:07d}", "8 (916) {:07d}", "7916{:07d}")
BAD_EVERY = 1000
"""One contact of so many has a phone that is none: people type anything."""


def peopled(
    contacts: int, site: str = "http://127.0.0.1:8191", clock: Callable[[], float] = time.time
) -> Portal:
    """Anna, Boris and Vera of the small world, and as many contacts as asked, each with a phone in some spelling."""
    portal = Portal(site, clock)
    portal.hire(1, NAME="Vera", UF_PHONE_INNER="100", PERSONAL_MOBILE="8 903 555-01-00")
    portal.hire(9, NAME="Anna", UF_PHONE_INNER="109", PERSONAL_MOBILE="+79035550109")
    portal.hire(17, NAME="Boris", UF_PHONE_INNER="117", PERSONAL_MOBILE="7 903 5550117", TIMEMAN="OPENED")
    table = portal.tables["CONTACT"]
    for n in range(1, contacts + 1):
        phone = "ask his wife" if n % BAD_EVERY == 0 else SPELLINGS[n % len(SPELLINGS)].format(n)
        rows = [{"ID": str(n), "VALUE_TYPE": "WORK", "VALUE": phone, "TYPE_ID": "PHONE"}]
        owner = 9 if n % 2 else 17
        table.ids.append(n)
        table.last = n
        now = portal.clock()
        table.rows[n] = {"ID": n, "NAME": f"Contact {n}", "LAST_NAME": "", "ASSIGNED_BY_ID": owner, "PHONE": rows,
                         "DATE_CREATE": now, "DATE_MODIFY": now}  # fmt: skip
    return portal
