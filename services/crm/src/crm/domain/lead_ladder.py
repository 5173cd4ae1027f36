"""Whom an overdue lead is turned to (R98): each rung is somebody who is there."""

from datetime import datetime
from enum import StrEnum

from crm.domain.staff import Staff


class Rung(StrEnum):
    """How far up the ladder a lead went whose next step is overdue."""

    ON_TIME = "on_time"
    REMINDED = "reminded"
    SUPERIOR = "superior"
    LAST_RESORT = "last_resort"


NEXT = {
    Rung.ON_TIME: Rung.REMINDED,
    Rung.REMINDED: Rung.SUPERIOR,
    Rung.SUPERIOR: Rung.LAST_RESORT,
    Rung.LAST_RESORT: Rung.LAST_RESORT,
}


def turn_to(
    rung: Rung, owner: Staff | None, superior: Staff | None, last_resort: str | None, at: datetime
) -> str | None:
    """Who is to see to it on this rung: the owner, or his deputy while he is away; his superior; the shop's person of last
    resort. Who is not there is passed over upwards. None where nobody is known.
    """
    himself = _himself(owner, at) if rung is Rung.REMINDED else None
    above = _there(superior, at) if rung in (Rung.REMINDED, Rung.SUPERIOR) else None
    return himself or above or last_resort


def _himself(owner: Staff | None, at: datetime) -> str | None:
    if owner is None or not owner.active:
        return None
    return owner.staff_id if owner.is_there(at) else owner.deputy_id


def _there(person: Staff | None, at: datetime) -> str | None:
    return person.staff_id if person is not None and person.is_there(at) else None
