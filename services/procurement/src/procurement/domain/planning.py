"""A plan for what an order still wants: which offers, how many of each, and why (R28, R41). Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kernel.calendar import WorkingCalendar

from procurement.domain.allocation import Lack, Part, Want
from procurement.domain.ranking import USUAL, Candidate, Weights, rank


@dataclass(frozen=True, slots=True)
class Plan:
    """Parts for all that is wanted; or what is lacking, and then no parts."""

    parts: tuple[Part, ...]
    lacking: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When goods can be here: working days from today, or from the day of the supplier's answer."""

    nth_working_day: Callable[[date, int], date]
    today: date
    answer_by: datetime
    answer_on: date

    @classmethod
    def of(cls, working: WorkingCalendar, at: datetime, answer_by: datetime) -> "Calendar":
        """As of this moment, by the shop's working days."""
        zone = ZoneInfo(working.zone)
        today, answer_on = at.astimezone(zone).date(), answer_by.astimezone(zone).date()
        return cls(working.nth_working_day, today, answer_by, answer_on)

    def expected_on(self, lead_days: int, *, needs_yes: bool) -> date:
        start = self.answer_on if needs_yes else self.today
        return self.nth_working_day(start, lead_days) if lead_days else start


def make_plan(
    wanted: Sequence[Want],
    candidates: Mapping[str, Sequence[Candidate]],
    calendar: Calendar,
    weights: Weights = USUAL,
    closed: Collection[str] = (),
) -> Plan:
    """Line by line, the best offer first; what one line takes is not there for the next. `closed` goods were ordered
    after their sale was closed: they are not supplied, and the line says why (R24, R46).
    """
    taken: dict[str, int] = {}
    parts: list[Part] = []
    lacking: list[Lack] = []
    for want in wanted:
        there = () if want.product_id in closed else candidates.get(want.product_id, ())
        offers = [_less(each, taken.get(each.offer_id, 0)) for each in there]
        found = _parts(want, offers, calendar, weights)
        missing = want.quantity - sum(part.quantity for part in found)
        if missing:
            lacking.append(Lack(want.line_no, missing, _reason(want, offers, closed)))
        for part in found:
            taken[part.offer_id] = taken.get(part.offer_id, 0) + part.quantity
        parts.extend(found)
    return Plan(() if lacking else tuple(parts), tuple(lacking))


def _reason(want: Want, offers: Sequence[Candidate], closed: Collection[str]) -> str:
    if want.product_id in closed:
        return "sale_closed"
    return "not_enough_anywhere" if offers else "nobody_offers_it"


def _parts(want: Want, offers: Sequence[Candidate], calendar: Calendar, weights: Weights) -> list[Part]:
    parts: list[Part] = []
    left, rest = want.quantity, list(offers)
    while left and (ranked := rank(rest, left, weights)):
        best = ranked[0]
        quantity = left if best.candidate.free is None else min(left, best.candidate.free)
        needs_yes = best.candidate.free is None
        parts.append(
            Part(
                line_no=want.line_no,
                offer_id=best.candidate.offer_id,
                supplier_id=best.candidate.supplier_id,
                quantity=quantity,
                needs_yes=needs_yes,
                expected_on=calendar.expected_on(best.candidate.lead_days, needs_yes=needs_yes),
                reason=best.reason,
                answer_by=calendar.answer_by if needs_yes else None,
            )
        )
        left -= quantity
        rest = [each for each in rest if each is not best.candidate]
    return parts


def _less(candidate: Candidate, taken: int) -> Candidate:
    if candidate.free is None or not taken:
        return candidate
    return replace(candidate, free=max(0, candidate.free - taken))
