"""Promising: whether a wish can be kept, and what comes nearest to it (R60-R69). Reads only; nothing is reserved."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from chassis.handling import Held

from logistics.application.standing import Shelf, Standing
from logistics.domain.day import Day, day_key
from logistics.domain.moments import day_of
from logistics.domain.promise import NEARNESS, Kind, Promise, Reason, Wish
from logistics.domain.ranking import MOST_WINDOWS, Option, days_to_try, nearest, options
from logistics.domain.reaching import Reach
from logistics.domain.rooming import day_promised, place, slot_of
from logistics.domain.surveying import Seen, survey
from logistics.domain.terms import Terms


class Days(Protocol):
    """Carriers' days, many at once."""

    async def load_many(self, keys: Sequence[str]) -> list[Held[Day]]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """`promise` keeps the wish; without one `reason` says what stands in the way. `places`: titles of points named."""

    promise: Promise | None
    reason: Reason | None
    options: list[Option]
    places: dict[str, str]


@dataclass
class Found:
    """What came of looking: promises as wished, others, and what stood in the way on the day asked for."""

    fits: list[Promise] = field(default_factory=list[Promise])
    others: list[Promise] = field(default_factory=list[Promise])
    reasons: list[Reason] = field(default_factory=list[Reason])

    def enough(self, wish: Wish) -> bool:
        """Whether looking further can't bring anything nearer."""
        settled = bool(self.fits) or wish.day is not None or wish.is_exact
        return settled and len(self.fits) + len(self.others) >= MOST_WINDOWS


@dataclass(frozen=True, slots=True)
class Promising:
    """Answers what can be promised."""

    standing: Standing
    days: Days

    async def check(self, wish: Wish, at: datetime, *, not_before: date | None = None) -> Answer:
        """Whether this can be promised at this moment; and what else can, nearest first (R65, R67). Options on days before
        `not_before` are left out.
        """
        shelf = await self.standing.shelf(at)
        found = await self._look(shelf, wish, at)
        others = [*found.fits, *found.others]
        if wish.kind is Kind.WINDOW and not found.fits:
            points = await self._look(shelf, replace(wish, kind=Kind.POINT, point_id=None), at)
            others += [*points.fits, *points.others]
        best = nearest(found.fits, wish, at)[0] if found.fits else None
        offered = [each for each in others if each != best and _not_before(each, not_before)]
        reason = None if best else max(found.reasons, key=NEARNESS.__getitem__, default=Reason.NO_TERMS)
        chosen = options(offered, wish, at)
        named = [*([best] if best else []), *(each.promise for each in chosen)]
        return Answer(best, reason, chosen, _places(shelf, named))

    async def _look(self, shelf: Shelf, wish: Wish, at: datetime) -> Found:
        found, reaches = Found(), dict[tuple[str, int], Reach]()
        today = day_of(at, shelf.clock_of(wish.zone))
        if wish.day is not None and wish.day < today:
            found.reasons.append(Reason.DATE_PASSED)
        for days in days_to_try(wish, today, shelf.furthest):
            sights = [
                (terms, day, seen)
                for day in days
                for terms in shelf.on(day)
                for seen in survey(
                    reaches.setdefault((terms.carrier_id, terms.version), Reach(terms, wish, at)), wish, day
                )
            ]
            await self._sort_out(found, wish, sights)
            if found.enough(wish):
                break
        return found

    async def _sort_out(self, found: Found, wish: Wish, sights: Sequence[tuple[Terms, date, Seen]]) -> None:
        """One read for all the days that anything lies in; what has no room is a reason, too."""
        promised = [(terms, seen.promise) for terms, _, seen in sights if seen.promise]
        keys = sorted({day_key(terms.carrier_id, day_promised(each)) for terms, each in promised})
        held = dict(zip(keys, await self.days.load_many(keys) if keys else [], strict=True))
        for terms, day, seen in sights:
            counts = wish.day in (None, day)
            full = _full(terms, seen.promise, held, wish.order_id) if seen.promise else None
            reason = seen.miss or full
            if reason is not None and counts:
                found.reasons.append(reason)
            if seen.promise is not None and full is None:
                (found.fits if counts and seen.miss is None else found.others).append(seen.promise)


def _full(terms: Terms, promise: Promise, held: dict[str, Held[Day]], order_id: str | None) -> Reason | None:
    slot, room = slot_of(terms, promise)
    day = held[day_key(terms.carrier_id, day_promised(promise))].state
    answer = place(day, slot, room, order_id)
    return answer if isinstance(answer, Reason) else None


def _not_before(promise: Promise, day: date | None) -> bool:
    return day is None or day_promised(promise) >= day


def _places(shelf: Shelf, promises: Sequence[Promise]) -> dict[str, str]:
    points = ((shelf.opened[each.carrier_id, each.terms_version].points, each.point_id) for each in promises)
    return {point_id: known[point_id].title for known, point_id in points if point_id}
