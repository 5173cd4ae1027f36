"""The terms that stand: every carrier's approved versions, opened once and kept in memory, since they never change; which
of them are in force is looked up anew every moment or so.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from chassis.handling import Held
from chassis.listing import Page, Query

from logistics.domain.agreement import Agreement
from logistics.domain.carrier import Carrier, TermsStage, Version, in_force, in_force_at
from logistics.domain.kept_agreement import agreement_key
from logistics.domain.moments import DAY
from logistics.domain.terms import Terms

KEPT_FOR = 2.0
"""Seconds. So long another replica may not know of an approval."""
AT_ONCE = 200

Named = tuple[str, int]


class Carriers(Protocol):
    """Carriers, listed."""

    async def load(self, key: str) -> Held[Carrier]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Carrier]: ...


class Agreements(Protocol):
    """Agreements, by key."""

    async def load_many(self, keys: Sequence[str]) -> list[Held[Agreement]]: ...


@dataclass(frozen=True)
class Shelf:
    """The terms as they stand at a moment."""

    carriers: tuple[Carrier, ...]
    opened: dict[Named, Terms]
    _of_days: dict[date, list[Terms]] = field(default_factory=dict[date, list[Terms]])

    def on(self, day: date) -> list[Terms]:
        """What is in force on a day, of carriers who take new promises."""
        if day not in self._of_days:
            self._of_days[day] = self._open(lambda each: in_force(each, day))
        return self._of_days[day]

    def at(self, moment: datetime) -> list[Terms]:
        """What is in force at a moment, each by its carrier's own clock."""
        return self._open(lambda each: in_force_at(each, moment))

    def _open(self, version_of: Callable[[Carrier], Version | None]) -> list[Terms]:
        named = ((each.carrier_id, version_of(each)) for each in self.carriers if each.profile.active)
        found = (self.opened.get((id_, version.number)) for id_, version in named if version)
        return [terms for terms in found if terms is not None]

    @property
    def furthest(self) -> int:
        """How many days ahead anybody promises."""
        return max((each.agreement.ahead_days for each in self.opened.values()), default=0)

    def carrier(self, carrier_id: str) -> Carrier | None:
        return next((each for each in self.carriers if each.carrier_id == carrier_id), None)

    def clock_of(self, zone: str) -> str:
        """The time zone of a delivery zone, by whoever delivers there."""
        zones = (each.zones[zone].time_zone for each in self.opened.values() if zone in each.zones)
        points = (
            each.points_of[zone][0].time_zone for each in self.opened.values() if zone in each.points_of
        )
        return next(zones, None) or next(points, "UTC")


class Standing:
    """Gives the shelf, at most two seconds old; of many who ask at once one looks."""

    def __init__(
        self, carriers: Carriers, agreements: Agreements, *, passed: Callable[[], float] = time.monotonic
    ) -> None:
        self._carriers = carriers
        self._agreements = agreements
        self._passed = passed
        self._opened: dict[Named, Terms] = {}
        self._kept: tuple[float, Shelf] | None = None
        self._looking = asyncio.Lock()

    async def shelf(self, at: datetime) -> Shelf:
        """What stands now. Versions whose time was over before yesterday are left out."""
        return self._fresh() or await self._looked_up(at)

    async def named(self, carrier_id: str, number: int) -> Terms | None:
        """An approved version, whether it still is in force or not: promises name it for good (R65)."""
        known = self._opened.get((carrier_id, number))
        if known is not None:
            return known
        carrier = (await self._carriers.load(carrier_id)).state
        version = carrier.version(number) if carrier else None
        if version is None or version.stage is not TermsStage.APPROVED:
            return None
        await self._open([(carrier_id, version)])
        return self._opened[carrier_id, number]

    def forget(self) -> None:
        """Other terms may be in force; look again next time."""
        self._kept = None

    def _fresh(self) -> Shelf | None:
        kept = self._kept
        return kept[1] if kept and self._passed() - kept[0] < KEPT_FOR else None

    async def _looked_up(self, at: datetime) -> Shelf:
        async with self._looking:
            known = self._fresh()
            if known is not None:
                return known
            began = self._passed()
            carriers = await self._all()
            since = at.date() - 2 * DAY
            standing = [(each.carrier_id, version) for each in carriers for version in still(each, since)]
            await self._open(standing)
            opened = {(id_, version.number): self._opened[id_, version.number] for id_, version in standing}
            shelf = Shelf(carriers, opened)
            self._kept = (began, shelf)
            return shelf

    async def _all(self) -> tuple[Carrier, ...]:
        found: list[Carrier] = []
        after: str | None = None
        while True:
            page = await self._carriers.page(Query(), AT_ONCE, after)
            found.extend(held.state for held in page.items if held.state)
            after = page.next
            if after is None:
                return tuple(found)

    async def _open(self, versions: Sequence[tuple[str, Version]]) -> None:
        """Read those not read yet, all at once."""
        new = [(id_, each) for id_, each in versions if (id_, each.number) not in self._opened]
        keys = [agreement_key(id_, each.content.digest) for id_, each in new]
        kept = await self._agreements.load_many(keys) if keys else []
        for (id_, version), held in zip(new, kept, strict=True):
            assert held.state is not None  # it was kept before the register named it
            self._opened[id_, version.number] = Terms(version.number, held.state)


def still(carrier: Carrier, since: date) -> list[Version]:
    """The versions that are in force on any day from this one on."""
    now = in_force(carrier, since)
    later = [each for each in carrier.versions if each.holds_from and each.holds_from > since]
    return [*([now] if now else []), *later]
