"""The roster of a shop: shifts by the telephone, and who is on a break (R105, R106)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_BREAK = timedelta(hours=3)
"""Who forgot to say that he is back is taken to be back by then."""

KEPT = timedelta(days=8)
"""Shifts of the past are looked back at by the report on missed calls."""


@dataclass(frozen=True, slots=True)
class Shift:
    """So long somebody answers what comes to nobody else; UTC."""

    shift_id: str
    staff_id: str
    begins: datetime
    ends: datetime

    def covers(self, at: datetime) -> bool:
        """Whether it is his turn."""
        return self.begins <= at < self.ends

    def meets(self, begins: datetime, ends: datetime) -> bool:
        """Whether both are at some moment."""
        return self.begins < ends and begins < self.ends


@dataclass(frozen=True, slots=True)
class Pause:
    """A break; `until` is when he means to be back."""

    staff_id: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Release:
    """The next break is his, until the moment."""

    staff_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Roster:
    """One per shop, so that two who leave at once meet in one document. `waiting`: who was refused a break, the first first."""

    shop_id: str
    changed_at: datetime
    shifts: tuple[Shift, ...] = ()
    pauses: tuple[Pause, ...] = ()
    waiting: tuple[str, ...] = ()
    released: Release | None = None

    def on_shift(self, at: datetime) -> frozenset[str]:
        """Whose turn it is."""
        return frozenset(each.staff_id for each in self.shifts if each.covers(at))

    def on_break(self, at: datetime) -> frozenset[str]:
        """Who is on a break."""
        return frozenset(each.staff_id for each in self.pauses if at < each.since + LONGEST_BREAK)

    def covering(self, there: Iterable[str], at: datetime) -> frozenset[str]:
        """Who stays by the telephone: those with a shift; where none of them is there, all of the telephone who are."""
        here = frozenset(there) - self.on_break(at)
        return (self.on_shift(at) & here) or here

    def promised(self, at: datetime) -> frozenset[str]:
        """Whose the next break is."""
        return frozenset({self.released.staff_id} if self.released and at < self.released.until else ())


def may_leave(roster: Roster, staff_id: str, there: Iterable[str], at: datetime) -> bool:
    """The lunch rule: somebody stays, also after who was promised the next break has gone (R105). Who covers nothing is
    free to go.
    """
    covering = roster.covering(there, at)
    rest = covering - {staff_id}
    return staff_id not in covering or bool(rest - roster.promised(at))
