"""Whether those who ask can ask all whom the shop promised to ask: the standard beside own resources (R93). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quality.domain.people import Member, controls


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day to come: calls planned for it, and controllers who can be expected at work."""

    day: date
    due: int
    controllers: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """`carried` were left over from the days before; `short` are those that nobody will have time for that day."""

    day: date
    due: int
    carried: int
    controllers: int
    possible: int

    @property
    def short(self) -> int:
        return max(0, self.due + self.carried - self.possible)


def outlook(days: Iterable[Ahead], calls_a_day: int) -> Sequence[Outlook]:
    """What nobody has time for on a day is to be asked on the next, besides that day's own: the standard is missed already,
    and everybody sees by how many, while there is still time to plan (R82, R93).
    """
    found: list[Outlook] = []
    carried = 0
    for each in days:
        it = Outlook(each.day, each.due, carried, each.controllers, each.controllers * calls_a_day)
        carried = it.short
        found.append(it)
    return found


def expected(members: Iterable[Member], at: datetime) -> int:
    """Controllers to be expected then: those of whom nobody told that they are away. Customers are asked on days off, too (R83),
    so somebody is.
    """
    return sum(controls(each) and each.is_there(at) for each in members)
