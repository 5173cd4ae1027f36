"""How far a call was told to the shop's portal, by way of crm."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class PortalSide:
    """What crm was told and took. `shown`: with whom the card pops up; `due_at`: when it is told more; `given_up`: it said no,
    and would again.
    """

    registered: bool = False
    shown: tuple[str, ...] = ()
    finished: bool = False
    recorded: bool = False
    tries: int = 0
    due_at: datetime | None = None
    given_up: bool = False


def put_off(side: PortalSide, at: datetime) -> PortalSide:
    """Crm is down: again after a pause that grows to ten minutes."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(side.tries, 10))
    return replace(side, tries=side.tries + 1, due_at=at + pause)


def with_news(side: PortalSide, at: datetime) -> PortalSide:
    """Something new is said of the call: due at once, unless crm is down."""
    return side if side.tries else replace(side, due_at=at)


def merged(known: PortalSide, told: PortalSide) -> PortalSide:
    """Two replicas that told it at once: what was taken stays taken."""
    return replace(
        told,
        due_at=told.due_at if told.tries else known.due_at,
        registered=known.registered or told.registered,
        finished=known.finished or told.finished,
        recorded=known.recorded or told.recorded,
        given_up=known.given_up or told.given_up,
    )
