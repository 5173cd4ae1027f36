"""The staff as the router knows them: who is there, and by what he may be rung."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kernel.calendar import Hours, WorkingCalendar
from kernel.zone import zone_named

DAY = timedelta(days=1)


class Moment(StrEnum):
    """What a moment is in a shop's day."""

    OPEN = "open"
    LUNCH = "lunch"
    CLOSED = "closed"


class Standing(StrEnum):
    """Whether a person may be rung."""

    THERE = "there"
    BREAK = "break"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Telephones:
    """By what he can be rung; `hidden` names what he may not be rung by though it is known."""

    desk: bool = False
    mobile: bool = False
    hidden: frozenset[str] = frozenset()

    def may(self, by: str) -> bool:
        """Whether he may be rung so."""
        return by not in self.hidden and bool(getattr(self, by))


@dataclass(frozen=True, slots=True)
class Person:
    """`presence` is crm's word: unknown, at_work, on_break, off."""

    staff_id: str
    shop_id: str
    roles: tuple[str, ...] = ()
    active: bool = True
    presence: str = "unknown"
    absent_since: datetime | None = None
    absent_until: datetime | None = None
    deputy_id: str | None = None
    telephones: Telephones = field(default_factory=Telephones)

    def is_away(self, at: datetime) -> bool:
        """Whether he is absent: ill, on holiday."""
        since, until = self.absent_since, self.absent_until
        return since is not None and since <= at and (until is None or at < until)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who has a shift at this moment, who is on a break that he told us of, and when he means to be back."""

    on_shift: frozenset[str] = frozenset()
    on_break: frozenset[str] = frozenset()
    back_at: tuple[tuple[str, datetime], ...] = ()

    def back(self, staff_id: str) -> datetime | None:
        """When he means to be back from his break."""
        return dict(self.back_at).get(staff_id)


def moment_of(calendar: WorkingCalendar, at: datetime) -> Moment:
    """Open, the lunch between, or closed."""
    if calendar.is_working(at):
        return Moment.OPEN
    zone = zone_named(calendar.zone)
    today = at.astimezone(zone).date()
    for day in (today - DAY, today):
        hours = calendar.hours_of(day)
        if hours is not None and _within(hours, datetime.combine(day, hours.opens, zone), at):
            return Moment.LUNCH
    return Moment.CLOSED


def _within(hours: Hours, opens: datetime, at: datetime) -> bool:
    closes = datetime.combine(opens.date() + hours.overnight * DAY, hours.closes, opens.tzinfo)
    return opens <= at < closes


def standing(person: Person, moment: Moment, duty: Duty, at: datetime) -> Standing:
    """Who told us wins over the hours: off is off, a break is a break. A day that was left open overnight counts for
    nothing; who has a shift is there at any hour; at lunch who said nothing is at lunch (R105).
    """
    if not person.active or person.is_away(at) or person.presence == "off":
        return Standing.OFF
    if person.presence == "on_break" or person.staff_id in duty.on_break:
        return Standing.BREAK
    if person.staff_id in duty.on_shift:
        return Standing.THERE
    if moment is Moment.CLOSED:
        return Standing.OFF
    said = person.presence == "at_work"
    return Standing.BREAK if moment is Moment.LUNCH and not said else Standing.THERE
