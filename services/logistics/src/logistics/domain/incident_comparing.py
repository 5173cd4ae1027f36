"""Incidents of thirty days beside those of the thirty before: whether it gets better, and where (R49, R72)."""

from collections.abc import Mapping
from dataclasses import dataclass

from logistics.domain.incident_report import Group, Report

SPAN = 30


@dataclass(frozen=True, slots=True)
class Compared:
    """`change` is of incidents per 100 shipments; None where nothing was shipped in one of the two spans."""

    now: Group
    before: Group

    @property
    def change(self) -> float | None:
        now, before = self.now.per_hundred, self.before.per_hundred
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class Comparison:
    total: Compared
    by_source: Mapping[str, Compared]
    by_kind: Mapping[str, Compared]
    by_carrier: Mapping[str, Compared]
    by_mode: Mapping[str, Compared]


def compare(now: Report, before: Report) -> Comparison:
    """Both spans side by side; what there was in one of them only is shown all the same."""
    return Comparison(
        Compared(now.total, before.total),
        _all(now.by_source, before.by_source, now.total.of, before.total.of),
        _all(now.by_kind, before.by_kind, now.total.of, before.total.of),
        _all(now.by_carrier, before.by_carrier),
        _all(now.by_mode, before.by_mode),
    )


def _all(
    now: Mapping[str, Group], before: Mapping[str, Group], of_now: int | None = 0, of_before: int | None = 0
) -> dict[str, Compared]:
    words = sorted({*now, *before})
    return {
        each: Compared(now.get(each, Group(0, of_now)), before.get(each, Group(0, of_before)))
        for each in words
    }
