"""Incidents per 100 shipments, by source, kind, carrier, delivery mode, day and week; how soon we knew; the money (R49-R55,
R73).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from logistics.domain.incident import Incident, Mark
from logistics.domain.moments import day_of

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Method:
    """How a version of a playbook fared: of those closed, how many customers stayed, and how often it was followed (R53)."""

    closed: int
    kept: int
    followed: int

    @property
    def success(self) -> float | None:
        return self.kept / self.closed if self.closed else None


@dataclass(frozen=True, slots=True)
class Group:
    """`of` are shipments; None where the word says nothing about how many there were."""

    incidents: int
    of: int | None = None

    @property
    def per_hundred(self) -> float | None:
        return 100 * self.incidents / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Report:
    """Sums in minor units; `to_detect` in seconds, the middle one and the longest."""

    total: Group
    by_source: Mapping[str, Group]
    by_kind: Mapping[str, Group]
    by_carrier: Mapping[str, Group]
    by_mode: Mapping[str, Group]
    by_day: Mapping[str, Group]
    by_week: Mapping[str, Group]
    methods: Mapping[str, Method]
    to_detect: int | None
    to_detect_longest: int | None
    lost: int
    recovered: int
    penalties: int
    escalated: int
    kept: int
    gone: int


@dataclass(frozen=True, slots=True)
class Shipped:
    """How many shipments there were by carrier and day, both of the shop; `modes` says how each carrier delivers (R73)."""

    counted: Mapping[tuple[str, date], int]
    modes: Mapping[str, str]

    def by(self, word: Callable[[str, date], str]) -> Counter[str]:
        """Counted by a word of carrier and day."""
        found = Counter[str]()
        for (carrier_id, day), many in self.counted.items():
            found[word(carrier_id, day)] += many
        return found

    def mode_of(self, carrier_id: str | None) -> str:
        """How he delivers; one nobody described, and none, are `unknown`."""
        return self.modes.get(carrier_id or "", UNKNOWN)


def week_of(day: date) -> str:
    """Such as `2026-W10`; ISO weeks begin on Monday."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def report(incidents: Iterable[Incident], zone: str, shipped: Shipped) -> Report:
    """Against what was shipped; `zone` is the shop's (R49, R52, R53, R55)."""
    found = list(incidents)
    shipments = sum(shipped.counted.values())
    closed = [each for each in found if each.settlement is not None and not each.is_open]
    detected = [each.to_detect for each in found]
    kept = sum(each.settlement is not None and each.settlement.customer_kept for each in closed)

    def by(word: Callable[[Incident], str]) -> Counter[str]:
        return Counter(word(each) for each in found)

    return Report(
        total=Group(len(found), shipments),
        by_source=_groups(by(lambda each: each.source.value), all_of=shipments),
        by_kind=_groups(by(lambda each: each.kind), all_of=shipments),
        by_carrier=_groups(
            by(lambda each: each.trouble.carrier_id or "none"), shipped.by(lambda carrier_id, _: carrier_id)
        ),
        by_mode=_groups(
            by(lambda each: shipped.mode_of(each.trouble.carrier_id)),
            shipped.by(lambda carrier_id, _: shipped.mode_of(carrier_id)),
        ),
        by_day=_groups(
            by(lambda each: day_of(each.opened_at, zone).isoformat()),
            shipped.by(lambda _, day: day.isoformat()),
        ),
        by_week=_groups(
            by(lambda each: week_of(day_of(each.opened_at, zone))), shipped.by(lambda _, day: week_of(day))
        ),
        methods=_methods(closed),
        to_detect=int(median(detected)) if detected else None,
        to_detect_longest=max(detected, default=None),
        lost=sum(each.sums.lost.minor for each in found),
        recovered=sum(each.sums.recovered.minor for each in found),
        penalties=sum(each.sums.penalty.minor for each in found),
        escalated=sum(each.level > 0 for each in found),
        kept=kept,
        gone=len(closed) - kept,
    )


def _groups(
    counted: Counter[str], shipments: Mapping[str, int] | None = None, all_of: int | None = None
) -> dict[str, Group]:
    of = shipments or {}
    return {word: Group(counted[word], of.get(word, all_of)) for word in sorted({*counted, *of})}


def _methods(closed: Iterable[Incident]) -> dict[str, Method]:
    grouped: dict[str, list[Incident]] = {}
    for each in closed:
        grouped.setdefault(f"{each.kind}:{each.playbook_version}", []).append(each)
    return {name: _method(of) for name, of in sorted(grouped.items())}


def _method(of: list[Incident]) -> Method:
    kept = sum(each.settlement is not None and each.settlement.customer_kept for each in of)
    followed = sum(all(tick.mark is Mark.DONE for tick in each.steps) for each in of)
    return Method(len(of), kept, followed)
